using System.Security.Cryptography;

namespace WasmWizard.Delivery.SupplyChain.Attestations;

/// <summary>An ECDSA P-256 key pair. The private half never leaves it but into its own file.</summary>
public sealed class SigningKey : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly ECDsa _key;

    private SigningKey(ECDsa key) => (_key, Public) = (key, new PublicKey(key));

    public PublicKey Public { get; }

    public static SigningKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <param name="file">PEM, unencrypted.</param>
    /// <exception cref="MissingDataException">There is no such file.</exception>
    /// <exception cref="CorruptDataException">It holds no P-256 private key, or others than its owner may read it.</exception>
    public static SigningKey Open(string file)
    {
        if (!File.Exists(file))
            throw new MissingDataException($"there is no signing key at {file}", "./build.sh Init, or name one with --signing-key");
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & ~(OwnerOnly | UnixFileMode.UserExecute)) != 0)
            throw new CorruptDataException($"others than its owner may read the signing key {file}; what it signs proves nothing", $"make a new key; chmod 600 {file}");
        var key = PublicKey.Import(File.ReadAllText(file), file);
        try
        {
            key.SignData([], HashAlgorithmName.SHA256);
            return new(key);
        }
        catch (CryptographicException)
        {
            key.Dispose();
            throw new CorruptDataException($"{file} holds a public key; signing needs the private one", "name a private key with --signing-key");
        }
    }

    /// <summary>For research, whose key is made on first use. Two runs at once end with the same key.</summary>
    /// <param name="file">Made, readable by its owner only, when it does not exist.</param>
    /// <exception cref="MissingDataException">There is none and it cannot be kept.</exception>
    /// <exception cref="CorruptDataException">As <see cref="Open"/>.</exception>
    public static SigningKey OpenOrCreate(string file)
    {
        try
        {
            if (!File.Exists(file))
                Write(file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new MissingDataException($"no signing key can be kept at {file}: {problem.Message}", "give the folder to this user, or name a key with --signing-key", problem);
        }

        return Open(file);
    }

    /// <summary>DER, over the SHA-256 hash of the content.</summary>
    public byte[] Sign(ReadOnlySpan<byte> content) => _key.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public void Dispose() => _key.Dispose();

    /// <summary>The file gets its rights when it is made, not afterwards, and its name only once it is whole; who comes second leaves the first key.</summary>
    private static void Write(string file)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        var half = $"{file}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        try
        {
            using (var writer = new StreamWriter(half, options))
                writer.WriteLine(key.ExportPkcs8PrivateKeyPem());
            File.Move(half, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            return;
        }
        finally
        {
            File.Delete(half);
        }
    }
}
