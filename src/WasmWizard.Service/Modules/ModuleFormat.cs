using System.Buffers.Binary;

namespace WasmWizard.Service.Modules;

/// <summary>What the first bytes of a file say it is.</summary>
public enum ModuleFormat
{
    Unknown,
    Binary,
    OtherVersion,
    Component,
    Text,
}

/// <summary>Tells the formats apart by their first bytes alone, so that a file that is no module costs no compiler.</summary>
public static class ModuleFormats
{
    private static ReadOnlySpan<byte> Magic => [0x00, 0x61, 0x73, 0x6d];

    /// <summary>A component's preamble has layer 1 in the upper half of the version field (Component Model, Binary.md).</summary>
    public static ModuleFormat Detect(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(Magic))
            return LooksLikeText(bytes) ? ModuleFormat.Text : ModuleFormat.Unknown;
        if (bytes.Length < 8)
            return ModuleFormat.OtherVersion;
        var version = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        return version == 1 ? ModuleFormat.Binary : version >> 16 == 1 ? ModuleFormat.Component : ModuleFormat.OtherVersion;
    }

    /// <summary>The version field of a binary; 0 when it is cut off.</summary>
    public static uint VersionOf(ReadOnlySpan<byte> bytes) =>
        bytes.Length < 8 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);

    /// <summary>Editors write a byte order mark that the text format does not have.</summary>
    public static ReadOnlySpan<byte> WithoutByteOrderMark(ReadOnlySpan<byte> text) =>
        text.StartsWith((ReadOnlySpan<byte>)[0xef, 0xbb, 0xbf]) ? text[3..] : text;

    private static bool LooksLikeText(ReadOnlySpan<byte> bytes)
    {
        bytes = WithoutByteOrderMark(bytes).TrimStart(" \t\r\n"u8);
        return bytes.StartsWith("(module"u8) || bytes.StartsWith("(;"u8) || bytes.StartsWith(";;"u8)
            || (bytes.StartsWith("("u8) && bytes[1..].TrimStart(" \t\r\n"u8).StartsWith("module"u8));
    }
}
