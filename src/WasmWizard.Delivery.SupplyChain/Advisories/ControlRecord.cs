using NuGet.Versioning;
using WasmWizard.Delivery.SupplyChain.Packages;

namespace WasmWizard.Delivery.SupplyChain.Advisories;

/// <summary>
/// A vulnerability that everybody knows, and a package that has it. Every audit looks at it, too: one that does not flag it cannot flag anything.
/// It is the only advisory that the repository holds.
/// </summary>
public static class ControlRecord
{
    public static IReadOnlyList<OsvAdvisory> Advisories { get; } = Load();

    /// <summary>The package and version that must be flagged.</summary>
    public static ResolvedPackage Package { get; } = new("Newtonsoft.Json", NuGetVersion.Parse("12.0.1"), PackageKind.Library, "control");

    public static string Id => Advisories[0].Id;

    private static IReadOnlyList<OsvAdvisory> Load()
    {
        using var stream = typeof(ControlRecord).Assembly.GetManifestResourceStream("control-record.json")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return OsvReader.Read(bytes.ToArray(), "the control record").Single().Advisories;
    }
}
