namespace WasmWizard.Delivery.SupplyChain.Debian;

/// <summary>One installed package as dpkg records it.</summary>
/// <param name="Package">The binary package, e.g. <c>libssl3t64</c>.</param>
/// <param name="Version">Its version, <c>+bN</c> of a rebuild included.</param>
/// <param name="Architecture">E.g. <c>amd64</c> or <c>all</c>.</param>
/// <param name="Source">The source package that it was built from, e.g. <c>openssl</c>; what security updates are published for.</param>
/// <param name="SourceVersion">That source's version; differs from <paramref name="Version"/> after a rebuild.</param>
public sealed record DpkgRecord(string Package, DebianVersion Version, string Architecture, string Source, DebianVersion SourceVersion)
{
    /// <summary>The project's page; null when the record names none.</summary>
    public string? Homepage { get; init; }

    /// <summary>Hex hash of the package file, as the index has it; null when the record was written without.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Names of its licences; empty when not known. See <see cref="DebianCopyright"/>.</summary>
    public IReadOnlyList<string> Licences { get; init; } = [];

    /// <summary>Reads one paragraph of a status file or package index.</summary>
    /// <exception cref="CorruptDataException">A field is missing or no version.</exception>
    public static DpkgRecord Of(IReadOnlyDictionary<string, string> paragraph, string name)
    {
        var package = Field("Package");
        var version = Parse(Field("Version"));
        var source = paragraph.GetValueOrDefault("Source", package);
        var open = source.IndexOf('(', StringComparison.Ordinal);
        return new(
            package,
            version,
            Field("Architecture"),
            open < 0 ? source.Trim() : source[..open].Trim(),
            open < 0 ? version : Parse(source[(open + 1)..].TrimEnd(')', ' ')))
        {
            Homepage = paragraph.GetValueOrDefault("Homepage"),
            Sha256 = paragraph.GetValueOrDefault("SHA256"),
        };

        string Field(string field) => paragraph.GetValueOrDefault(field) is { Length: > 0 } value
            ? value
            : throw Corrupt($"{field} is missing{(paragraph.TryGetValue("Package", out var known) ? $" from {known}" : "")}");

        DebianVersion Parse(string text) => DebianVersion.Parse(text) ?? throw Corrupt($"'{text}' of {package} is not a version");

        CorruptDataException Corrupt(string what) => new($"{name}: {what}", "fetch or build it again");
    }
}
