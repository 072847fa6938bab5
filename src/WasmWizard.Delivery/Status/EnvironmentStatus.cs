using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Status;

/// <summary>What runs where, since when, by whom, and what differs from what was recorded.</summary>
public sealed record EnvironmentStatus
{
    public required EnvironmentName Environment { get; init; }

    public required string Branch { get; init; }

    public required EnvironmentPhase Phase { get; init; }

    /// <summary>Where it answers; null when nothing serves.</summary>
    public required Uri? Url { get; init; }

    /// <summary>When the serving release took over; null when nothing serves.</summary>
    public required DateTimeOffset? Since { get; init; }

    /// <summary>What requests reach by observation; null when nothing.</summary>
    public required Release? Release { get; init; }

    /// <summary>Who brought it there by the ledger; null when the ledger does not know this release as serving.</summary>
    public required string? By { get; init; }

    /// <summary>In a person's words; empty when the world is as recorded.</summary>
    public required IReadOnlyList<string> Drift { get; init; }

    /// <param name="environment">Which one.</param>
    /// <param name="branch">The branch that deploys there.</param>
    /// <param name="history">What the ledger says.</param>
    /// <param name="observed">What the target sees.</param>
    /// <param name="held">The lock as stored; null when free.</param>
    /// <param name="now">The moment of the question.</param>
    public static EnvironmentStatus Of(
        EnvironmentName environment, string branch, RolloutHistory history, Observation observed, DeploymentLock? held, DateTimeOffset now)
    {
        var isRunning = history.Open.Any() && held is not null && !held.IsExpiredAt(now);
        var drift = isRunning ? [] : Differences(branch, history, observed).Concat(observed.Drift).ToList();
        var isRecorded = history.Serving is not null && history.Serving == observed.Serving?.Id;
        return new EnvironmentStatus
        {
            Environment = environment,
            Branch = branch,
            Phase = isRunning ? EnvironmentPhase.Progressing : PhaseOf(history, drift),
            Url = observed.Address,
            Since = observed.Serving is null ? null : observed.Since ?? (isRecorded ? history.ServingBy?.At : null),
            Release = observed.Serving,
            By = isRecorded ? history.ServingBy?.By : null,
            Drift = drift,
        };
    }

    private static EnvironmentPhase PhaseOf(RolloutHistory history, List<string> drift) => (drift, history) switch
    {
        ({ Count: > 0 }, _) => EnvironmentPhase.Degraded,
        (_, { Serving: null, ServingBy: { Action: LedgerActions.Stop } }) => EnvironmentPhase.Stopped,
        (_, { Serving: null }) => EnvironmentPhase.None,
        (_, { LastClosed.Outcome: LedgerOutcomes.RolledBack }) => EnvironmentPhase.RolledBack,
        _ => EnvironmentPhase.Healthy,
    };

    private static IEnumerable<string> Differences(string branch, RolloutHistory history, Observation observed)
    {
        foreach (var rollout in history.Open)
        {
            yield return $"{rollout.Action} {rollout.Number} of {rollout.By} ended without an outcome; ./build.sh Deploy --branch {branch} brings it to an end";
        }

        if (history.LastClosed is { Outcome: LedgerOutcomes.Stuck } stuck)
        {
            yield return $"{stuck.Action} {stuck.Number} of {stuck.By} got stuck; ./build.sh Deploy --branch {branch} brings it to a whole state";
        }

        if (history.Serving != observed.Serving?.Id)
        {
            yield return $"{Name(observed.Serving?.Id)} serves; recorded: {Name(history.Serving)}";
        }
    }

    private static string Name(ReleaseId? release) => release is { } id ? $"release {id}" : "nothing";
}
