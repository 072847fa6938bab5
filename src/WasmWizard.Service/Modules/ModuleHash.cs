using System.Buffers;
using System.Security.Cryptography;

namespace WasmWizard.Service.Modules;

/// <summary>SHA-256 over the bytes as they were sent: the identity of a module everywhere.</summary>
public readonly record struct ModuleHash
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    private readonly string _hex;

    private ModuleHash(string hex) => _hex = hex;

    public static ModuleHash Of(ReadOnlySpan<byte> bytes) => new(Convert.ToHexStringLower(SHA256.HashData(bytes)));

    public static ModuleHash Of(ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsSingleSegment)
            return Of(bytes.FirstSpan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var piece in bytes)
            hash.AppendData(piece.Span);
        return new(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>A hash as it was stored, in the form of <see cref="ToString"/>.</summary>
    public static ModuleHash Parse(string hex) =>
        hex.Length == 2 * SHA256.HashSizeInBytes && !hex.AsSpan().ContainsAnyExcept(Digits)
            ? new(hex)
            : throw new FormatException("64 lower-case hexadecimal digits are required.");

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => _hex ?? "";
}
