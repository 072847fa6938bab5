using System.Security.Cryptography;

namespace WasmWizard.Service.Modules;

/// <summary>SHA-256 over the bytes as they were sent: the identity of a module everywhere.</summary>
public readonly record struct ModuleHash
{
    private readonly string _hex;

    private ModuleHash(string hex) => _hex = hex;

    public static ModuleHash Of(ReadOnlySpan<byte> bytes) => new(Convert.ToHexStringLower(SHA256.HashData(bytes)));

    /// <summary>Null unless the text is 64 lower-case hexadecimal digits.</summary>
    public static ModuleHash? Parse(string text) =>
        text.Length == SHA256.HashSizeInBytes * 2 && text.All(char.IsAsciiHexDigitLower) ? new ModuleHash(text) : null;

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => _hex ?? "";
}
