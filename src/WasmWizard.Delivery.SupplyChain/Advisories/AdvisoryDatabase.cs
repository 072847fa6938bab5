using WasmWizard.Delivery.Gates.Audit;
using WasmWizard.Delivery.SupplyChain.Packages;

namespace WasmWizard.Delivery.SupplyChain.Advisories;

/// <summary>Known vulnerabilities of NuGet packages up to a day.</summary>
public sealed class AdvisoryDatabase
{
    private readonly ILookup<string, Advisory> _byPackage;

    /// <param name="advisories">In any order.</param>
    /// <param name="asOf">Up to when the data is known to be complete.</param>
    /// <param name="from">Where it came from, without credentials.</param>
    public AdvisoryDatabase(IEnumerable<Advisory> advisories, DateTimeOffset asOf, string from)
    {
        (Advisories, AsOf, From) = ([.. advisories], asOf, from);
        _byPackage = Advisories.ToLookup(advisory => advisory.Package, StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlyList<Advisory> Advisories { get; }

    public DateTimeOffset AsOf { get; }

    public string From { get; }

    /// <summary>How many vulnerabilities it knows, each once, however many packages one affects.</summary>
    public int Count => Advisories.Select(advisory => advisory.Id.ToUpperInvariant()).Distinct().Count();

    /// <summary>The same with the control record, which counts for every package like any other.</summary>
    public AdvisoryDatabase WithControl() => new(Advisories.Concat(ControlRecord.Advisories), AsOf, From);

    /// <summary>One finding per vulnerability and version; where several projects use it, the first by name is shown.</summary>
    public IReadOnlyList<Finding> Match(IEnumerable<ResolvedPackage> packages) =>
    [
        .. packages
            .SelectMany(package => _byPackage[package.Name].Where(advisory => advisory.Affects(package.Version)).Select(advisory => advisory.On(package)))
            .OrderByDescending(finding => finding.Severity)
            .ThenBy(finding => finding.Where, StringComparer.Ordinal)
            .DistinctBy(finding => finding.Key)
            .OrderBy(finding => finding.Package, StringComparer.OrdinalIgnoreCase)
            .ThenBy(finding => finding.Id, StringComparer.Ordinal),
    ];
}
