using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Rollouts;

/// <summary>Decides which release a rollback leads to.</summary>
internal static class RollbackChoice
{
    /// <param name="to">What a person named; null for the default.</param>
    /// <param name="history">What was healthy here.</param>
    /// <param name="serving">What serves by observation; null when nothing does.</param>
    /// <param name="kept">Releases that the environment still holds, newest first.</param>
    /// <param name="branch">For the commands in a fault.</param>
    public static GoalResolution Decide(ReleaseId? to, RolloutHistory history, ReleaseId? serving, IReadOnlyList<Release> kept, string branch)
    {
        var possible = kept.Where(release => history.WasHealthy(release.Id)).ToList();
        if (to is { } named)
        {
            return possible.Find(release => release.Id == named) is { } found
                ? new GoalResolution(found, [])
                : Refuse("WW3041", Why(named, history, kept), $"a kept release that was healthy here: {Names(possible)}", possible, branch);
        }

        var chosen = history.BackwardFrom(serving)
            .Select(id => kept.FirstOrDefault(release => release.Id == id))
            .FirstOrDefault(release => release is not null);
        return chosen is not null
            ? new GoalResolution(chosen, [])
            : Refuse(
                "WW3042", $"no release before {serving?.ToString() ?? "nothing"} was healthy here and is still kept",
                $"an earlier healthy release, or one that is named; kept and once healthy: {Names(possible)}",
                [.. possible.Where(release => release.Id != serving)], branch);
    }

    private static string Why(ReleaseId named, RolloutHistory history, IReadOnlyList<Release> kept)
    {
        var isKept = kept.Any(release => release.Id == named);
        return (isKept, history.WasHealthy(named)) switch
        {
            (true, _) => $"release {named} is kept, but never was healthy here",
            (_, true) => $"release {named} was healthy here, but is kept no longer",
            _ => $"release {named} is not known here",
        };
    }

    private static string Names(List<Release> releases) => releases.Count == 0
        ? "none"
        : string.Join(", ", releases.Select(release => $"{release.Id} ({release.Version})"));

    private static GoalResolution Refuse(string id, string observed, string required, IReadOnlyList<Release> possible, string branch) =>
        new(null, [new Fault(id, observed, required, possible is [var first, ..]
            ? $"./build.sh Rollback --branch {branch} --to {first.Id}"
            : $"./build.sh Deploy --branch {branch}")]);
}
