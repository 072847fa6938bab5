using System.Security.Cryptography;

namespace WasmWizard.Delivery.SupplyChain.Attestations;

/// <summary>The public half of an ECDSA P-256 key.</summary>
public sealed class PublicKey
{
    private const string P256 = "1.2.840.10045.3.1.7";
    private readonly byte[] _encoded;

    internal PublicKey(ECDsa key)
    {
        _encoded = key.ExportSubjectPublicKeyInfo();
        Id = Convert.ToHexStringLower(SHA256.HashData(_encoded));
    }

    /// <summary>64 hex digits: the hash of the key in its standard encoding.</summary>
    public string Id { get; }

    /// <exception cref="CorruptDataException">The text holds no P-256 public key.</exception>
    public static PublicKey Parse(string pem, string name)
    {
        using var key = Import(pem, name);
        return new(key);
    }

    /// <summary>Whether this key made the signature (SHA-256, DER) over the bytes.</summary>
    public bool Verifies(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(_encoded, out _);
        return key.VerifyData(content, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    public string ToPem() => PemEncoding.WriteString("PUBLIC KEY", _encoded) + "\n";

    /// <summary>The message never holds any of the text: it may be a private key in the wrong place.</summary>
    internal static ECDsa Import(string pem, string name)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            if (key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == P256)
                return key;
        }
        catch (Exception problem) when (problem is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new CorruptDataException($"{name} holds no key in PEM form that can be read", "give an unencrypted ECDSA P-256 key in PEM form");
        }
        key.Dispose();
        throw new CorruptDataException($"{name} holds a key of another kind; ECDSA P-256 is required", "openssl ecparam -name prime256v1 -genkey -noout");
    }
}
