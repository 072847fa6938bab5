using System.Security.Cryptography;
using WasmWizard.Delivery.Local.Protocol.Files;

namespace WasmWizard.Delivery.Postgres.Archives;

/// <summary>
/// The key that archives are encrypted with: 32 random bytes as hex in a file of its own, which only its owner may read. Whoever loses it
/// has no backups.
/// </summary>
public sealed class ArchiveKey
{
    private const int Size = 32;

    private readonly byte[] _bytes;

    private ArchiveKey(byte[] bytes)
    {
        _bytes = bytes;
        Name = Convert.ToHexStringLower(SHA256.HashData([.. "wasm-wizard backup key"u8, .. bytes]).AsSpan(0, 8));
    }

    /// <summary>16 hex digits that tell keys apart; in receipts and archives.</summary>
    public string Name { get; }

    /// <exception cref="ArchiveException">There is none, others may read it, or it is not a key.</exception>
    public static ArchiveKey Load(string file)
    {
        if (AtomicFile.Read(file) is not { } bytes)
            throw new ArchiveException($"the backup key {file} is missing; required: 32 random bytes as hex in a file that only its owner reads, e.g. from: (umask 077; openssl rand -hex 32 > {file})");
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0)
            throw new ArchiveException($"the backup key {file} can be read or written by others; required: only by its owner (chmod 600 {file})");
        var text = System.Text.Encoding.ASCII.GetString(bytes).Trim();
        if (text.Length != 2 * Size || !text.All(char.IsAsciiHexDigit))
            throw new ArchiveException($"the backup key {file} is not 64 hex digits; required: 32 random bytes as hex");
        return new(Convert.FromHexString(text));
    }

    /// <summary>The one in the file, which is made when there is none.</summary>
    public static ArchiveKey LoadOrMake(string file, out bool made)
    {
        made = !File.Exists(file);
        if (made)
        {
            Folders.Create(Path.GetDirectoryName(Path.GetFullPath(file))!);
            AtomicFile.Write(file, System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Size)) + "\n"));
        }

        return Load(file);
    }

    /// <summary>A key for one archive: so that no two archives share one, whatever their nonces.</summary>
    internal byte[] Derive(ReadOnlySpan<byte> salt)
    {
        var derived = new byte[Size];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _bytes, derived, salt, "wasm-wizard archive 1"u8);
        return derived;
    }
}
