using System.Buffers;
using System.Security.Cryptography;

namespace WasmWizard.Delivery.Releases;

/// <summary>A SHA-256 content address in the OCI form <c>sha256:</c> plus 64 lower-case hex digits.</summary>
public readonly record struct Digest
{
    private const string Prefix = "sha256:";
    internal static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");
    private readonly string? _value;

    private Digest(string value) => _value = value;

    /// <summary>The 64 hex digits without the algorithm.</summary>
    public string Hex => Value[Prefix.Length..];

    /// <summary>The first 12 hex digits, for people and folder names.</summary>
    public string Brief => Hex[..12];

    private string Value => _value ?? throw new InvalidOperationException("A default Digest names no content.");

    public static Digest Of(ReadOnlySpan<byte> content) => new(Prefix + Convert.ToHexStringLower(SHA256.HashData(content)));

    public static Digest FromHash(ReadOnlySpan<byte> sha256)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(sha256.Length, SHA256.HashSizeInBytes);
        return new(Prefix + Convert.ToHexStringLower(sha256));
    }

    public static bool TryParse(string? text, out Digest digest)
    {
        var valid = text is { Length: 71 } && text.StartsWith(Prefix, StringComparison.Ordinal)
            && text.AsSpan(Prefix.Length).IndexOfAnyExcept(LowerHex) < 0;
        digest = valid ? new Digest(text!) : default;
        return valid;
    }

    public static Digest Parse(string text) =>
        TryParse(text, out var digest) ? digest : throw new FormatException($"'{text}' is not a digest of the form sha256:<64 hex digits>.");

    public override string ToString() => _value ?? "";
}
