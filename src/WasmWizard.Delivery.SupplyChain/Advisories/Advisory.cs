using NuGet.Versioning;
using WasmWizard.Delivery.Gates.Audit;
using WasmWizard.Delivery.SupplyChain.Packages;

namespace WasmWizard.Delivery.SupplyChain.Advisories;

/// <summary>One vulnerability of one NuGet package.</summary>
/// <param name="Id">E.g. <c>GHSA-5crp-9r3c-p9vr</c>.</param>
/// <param name="Package">Compared without regard to case.</param>
/// <param name="Severity">As the database judges it.</param>
/// <param name="Source">The kind of database: <c>osv</c> or <c>nuget</c>.</param>
public abstract record Advisory(string Id, string Package, Severity Severity, string Source)
{
    /// <summary>The page about it. Its last segment is the id, which is how NuGet's reports are told apart.</summary>
    public virtual Uri Page => new(Id.StartsWith("GHSA-", StringComparison.OrdinalIgnoreCase) ? $"https://github.com/advisories/{Id}" : $"https://osv.dev/vulnerability/{Id}");

    /// <summary>The affected versions as NuGet's ranges; what NuGet's audit is given.</summary>
    public abstract IReadOnlyList<VersionRange> Ranges { get; }

    public abstract bool Affects(NuGetVersion version);

    /// <summary>The first version after this one that is not affected any more; null when the database knows none.</summary>
    public abstract NuGetVersion? FixAfter(NuGetVersion version);

    public Finding On(ResolvedPackage package) => new(Id, package.Name, package.Version.ToNormalizedString(), Severity)
    {
        Range = string.Join(" || ", Ranges.Select(range => range.ToNormalizedString())),
        FixedVersion = FixAfter(package.Version)?.ToNormalizedString(),
        Source = Source,
        Where = package.Where,
    };
}

/// <summary>An entry of a NuGet source's vulnerability data: one range.</summary>
public sealed record NuGetAdvisory(string Id, string Package, Severity Severity, Uri Url, VersionRange Range) : Advisory(Id, Package, Severity, "nuget")
{
    public override Uri Page => Url;

    public override IReadOnlyList<VersionRange> Ranges => [Range];

    public override bool Affects(NuGetVersion version) => Range.Satisfies(version);

    public override NuGetVersion? FixAfter(NuGetVersion version) => Range is { HasUpperBound: true, IsMaxInclusive: false } ? Range.MaxVersion : null;
}
