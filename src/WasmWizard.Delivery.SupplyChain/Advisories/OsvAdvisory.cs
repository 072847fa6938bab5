using NuGet.Versioning;
using WasmWizard.Delivery.Gates.Audit;

namespace WasmWizard.Delivery.SupplyChain.Advisories;

/// <summary>
/// One affected package of an OSV record. <see cref="Affects(NuGetVersion)"/> follows the schema's own evaluation of events; <see cref="Ranges"/> says the
/// same in NuGet's terms, so that an error in either shows as a disagreement between the two opinions.
/// </summary>
public sealed record OsvAdvisory(string Id, string Package, Severity Severity, IReadOnlyList<IReadOnlyList<OsvEvent>> Timelines, IReadOnlyList<NuGetVersion> Versions)
    : Advisory(Id, Package, Severity, "osv")
{
    public override IReadOnlyList<VersionRange> Ranges
    {
        get
        {
            var ranges = Timelines.SelectMany(Intervals).ToList();
            return [.. ranges, .. Versions.Where(version => !ranges.Any(range => range.Satisfies(version))).Select(version => new VersionRange(version, true, version, true))];
        }
    }

    public override bool Affects(NuGetVersion version) =>
        Versions.Any(listed => VersionComparer.VersionRelease.Equals(listed, version)) || Timelines.Any(timeline => Affects(timeline, version));

    public override NuGetVersion? FixAfter(NuGetVersion version) => Timelines
        .Where(timeline => Affects(timeline, version))
        .SelectMany(timeline => timeline)
        .Where(change => change.Kind == OsvEventKind.Fixed && change.Version! > version)
        .Select(change => change.Version)
        .Order()
        .FirstOrDefault(fix => !Affects(fix!));

    private static bool Affects(IReadOnlyList<OsvEvent> timeline, NuGetVersion version)
    {
        var affected = false;
        foreach (var change in timeline)
        {
            affected = change.Kind switch
            {
                OsvEventKind.Introduced when change.Version is null || version >= change.Version => true,
                OsvEventKind.Fixed when version >= change.Version! => false,
                OsvEventKind.LastAffected when version > change.Version! => false,
                _ => affected,
            };
        }
        return affected;
    }

    private static IEnumerable<VersionRange> Intervals(IReadOnlyList<OsvEvent> timeline)
    {
        OsvEvent? since = null;
        foreach (var change in timeline)
        {
            if (change.Kind == OsvEventKind.Introduced)
            {
                since ??= change;
            }
            else if (since is not null)
            {
                yield return new(since.Version, true, change.Version, change.Kind == OsvEventKind.LastAffected);
                since = null;
            }
        }
        if (since is not null)
            yield return new(since.Version, true);
    }
}

/// <summary>One event of a package's timeline; null stands for "before every version".</summary>
public sealed record OsvEvent(OsvEventKind Kind, NuGetVersion? Version) : IComparable<OsvEvent>
{
    public int CompareTo(OsvEvent? other) => (Version, other?.Version) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        var (mine, theirs) => mine.CompareTo(theirs) is var order and not 0 ? order : Kind.CompareTo(other!.Kind),
    };

    public static bool operator <(OsvEvent left, OsvEvent right) => left.CompareTo(right) < 0;

    public static bool operator >(OsvEvent left, OsvEvent right) => left.CompareTo(right) > 0;

    public static bool operator <=(OsvEvent left, OsvEvent right) => left.CompareTo(right) <= 0;

    public static bool operator >=(OsvEvent left, OsvEvent right) => left.CompareTo(right) >= 0;
}

/// <summary>In the order in which events of one version take effect: an end comes before a new beginning.</summary>
public enum OsvEventKind
{
    Fixed,
    Introduced,
    LastAffected,
}
