using System.Security.Cryptography;
using System.Text;

namespace WasmWizard.BuildEngine;

/// <summary>
/// A secret in a parameters file: <c>v2:</c> and base64 over salt, nonce, tag and ciphertext. The key comes from a password by PBKDF2 with a random salt, the
/// text is sealed by AES-GCM together with the parameter's name, so that a changed value and a value under another name are refused.
/// NUKE's <c>v1:</c> has a fixed salt and no seal; it is told, not read.
/// </summary>
internal static class EncryptedText
{
    public const string Prefix = "v2:";
    public const string NukePrefix = "v1:";

    /// <summary>What OWASP's cheat sheet on password storage asks of PBKDF2 with HMAC-SHA-512.</summary>
    private const int Iterations = 210_000;

    private const int SaltBytes = 16;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int KeyBytes = 32;

    public static bool IsEncrypted(string text) => text.StartsWith(Prefix, StringComparison.Ordinal) || text.StartsWith(NukePrefix, StringComparison.Ordinal);

    /// <summary>The variable with the password of a parameters file.</summary>
    public static string VariableOf(string fileName)
    {
        var profile = fileName.Split('.') is [_, var name, _] ? name : null;
        return profile is null ? "PARAMS_KEY" : $"PARAMS_{string.Concat(profile.Select(letter => char.IsLetterOrDigit(letter) ? char.ToUpperInvariant(letter) : '_'))}_KEY";
    }

    public static string Encrypt(string text, string name, string password)
    {
        Span<byte> salt = stackalloc byte[SaltBytes], nonce = stackalloc byte[NonceBytes], tag = stackalloc byte[TagBytes];
        RandomNumberGenerator.Fill(salt);
        RandomNumberGenerator.Fill(nonce);
        var plain = Encoding.UTF8.GetBytes(text);
        var sealedText = new byte[plain.Length];
        using var cipher = new AesGcm(KeyOf(password, salt), TagBytes);
        cipher.Encrypt(nonce, plain, sealedText, tag, Bound(name));
        return Prefix + Convert.ToBase64String([.. salt, .. nonce, .. tag, .. sealedText]);
    }

    /// <returns>Null when the password is another one, or the value was changed or moved.</returns>
    public static string? TryDecrypt(string text, string name, string password)
    {
        try
        {
            var bytes = Convert.FromBase64String(text[Prefix.Length..]).AsSpan();
            var (salt, nonce, tag, sealedText) = (bytes[..SaltBytes].ToArray(), bytes[SaltBytes..][..NonceBytes].ToArray(), bytes[(SaltBytes + NonceBytes)..][..TagBytes].ToArray(), bytes[(SaltBytes + NonceBytes + TagBytes)..].ToArray());
            var plain = new byte[sealedText.Length];
            using var cipher = new AesGcm(KeyOf(password, salt), TagBytes);
            cipher.Decrypt(nonce, sealedText, tag, plain, Bound(name));
            return Encoding.UTF8.GetString(plain);
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static byte[] KeyOf(string password, ReadOnlySpan<byte> salt) => Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA512, KeyBytes);

    private static byte[] Bound(string name) => Encoding.UTF8.GetBytes(NameForm.Normalize(name));
}
