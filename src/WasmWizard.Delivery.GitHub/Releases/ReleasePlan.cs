using WasmWizard.Delivery.GitHub.Backports;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.GitHub.Releases;

/// <summary>What a release would be, and everything that stands in its way. Pure.</summary>
/// <param name="Version">Null when there is nothing to release.</param>
/// <param name="Commit">What it names.</param>
/// <param name="Notes">As they are published.</param>
/// <param name="Faults">Empty when it may be published once its commit is healthy.</param>
public sealed record ReleasePlan(VersionTag? Version, string Commit, string Notes, IReadOnlyList<Fault> Faults)
{
    /// <param name="history">What git knows.</param>
    /// <param name="asked">As typed; null takes the tag at the commit, else the next version.</param>
    /// <param name="next">What the commits since the last version ask for; null where nothing computed it.</param>
    /// <param name="branch">Production's.</param>
    /// <param name="backports">Fixes of production's branch held against the branch that must have them.</param>
    public static ReleasePlan Of(ReleaseHistory history, string? asked, VersionTag? next, string branch, IReadOnlyList<FixProof> backports)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(backports);
        var version = asked is null ? history.Here ?? (history.Commits.Count > 0 ? next : null) : VersionTag.Parse(asked);
        List<Fault> faults = [];
        if (asked is not null && version is null)
            faults.Add(new("WW2321", $"--version {asked}", "a version such as v1.2.3", "./build.sh Release --dry-run"));
        if (!history.IsOnBranch)
            faults.Add(new("WW2322", $"{history.Commit[..12]} was not taken into {branch}", $"a commit of {branch}: a version names what production runs", $"git switch {branch}"));
        if (version is { } wanted)
            faults.AddRange(OfVersion(history, wanted));
        faults.AddRange(backports.Where(proof => !proof.IsThere).Select(proof =>
            new Fault("WW2325", $"the fix {proof.Fix.Brief} ({proof.Fix.Subject}) is missing where the next version comes from", "every fix of production on the branch below it", "./build.sh Backport")));
        return new(version, history.Commit, version is { } named ? ReleaseNotes.Of(named, history.Before, history.Commits) : "", faults);
    }

    private static IEnumerable<Fault> OfVersion(ReleaseHistory history, VersionTag version)
    {
        var taken = history.Versions.Where(tag => tag.Version == version).ToList();
        if (taken.Count > 0 && taken[0].Commit != history.Commit)
            yield return new("WW2323", $"{version} is the tag of {taken[0].Commit[..12]}", "a version that nothing bears: tags never move", "./build.sh Release --dry-run");
        else if (history.Before is { } before && version <= before)
            yield return new("WW2324", $"{version} is not above {before}, which is behind this commit", "a higher version", "./build.sh Release --dry-run");
    }
}
