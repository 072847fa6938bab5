using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace WasmWizard.Service.Accounts;

/// <summary>
/// The text of a key: <c>ww_</c> and 32 letters or digits, 190 bits of chance. Only its SHA-256 is stored: with that much chance a slow
/// hash would protect nothing more. It redacts itself, so that no log or exception shows it by accident.
/// </summary>
public sealed class ApiKey
{
    public const string Mark = "ww_";
    private const int Length = 32;
    private const int Shown = 7;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static readonly SearchValues<char> Allowed = SearchValues.Create(Alphabet);

    private readonly string _text;

    private ApiKey(string text) => _text = text;

    /// <summary>The first characters, by which people tell their keys apart; not enough to guess the rest.</summary>
    public string Prefix => _text[..Shown];

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public string Hash => Secrets.Hash(_text);

    public static ApiKey New() => new(Mark + RandomNumberGenerator.GetString(Alphabet, Length));

    /// <summary>Null when the text has not the form of a key.</summary>
    public static ApiKey? Parse(string text) =>
        text.Length == Mark.Length + Length && text.StartsWith(Mark, StringComparison.Ordinal) && !text.AsSpan(Mark.Length).ContainsAnyExcept(Allowed)
            ? new ApiKey(text)
            : null;

    /// <summary>The key itself, for the one answer or file that hands it over.</summary>
    public string Reveal() => _text;

    public override string ToString() => $"{Prefix}...";
}

/// <summary>Random secrets and what is stored of them.</summary>
internal static class Secrets
{
    private const int TokenBytes = 32;

    public static string Token() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));

    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>A second value that only who knows the secret can tell, such as a form's token beside a session's.</summary>
    public static string Derive(string secret, string purpose) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(purpose)));

    public static bool AreEqual(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}
