using System.Diagnostics;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Rollouts;

/// <summary>An outcome in a person's words.</summary>
/// <param name="Id">WW30xx, documented in docs/reference; the core owns WW3000 to WW3099, targets have the numbers above.</param>
/// <param name="Observed">What happened.</param>
/// <param name="Required">What would have been needed; empty when nothing was missing.</param>
/// <param name="Consequence">What serves now.</param>
/// <param name="Next">The command to type.</param>
public sealed record OutcomeText(string Id, string Observed, string Required, string Consequence, string Next)
{
    public static OutcomeText Of(RolloutOutcome outcome, string branch)
    {
        string Command(string target) => $"./build.sh {target} --branch {branch}";
        return outcome switch
        {
            RolloutOutcome.Healthy healthy => new(
                "WW3000", $"release {Name(healthy.Release)} is healthy{Tolerated(healthy.Tolerated)}", "",
                healthy.Address is { } address ? $"it serves at {address}" : "it serves", Command("Status")),
            RolloutOutcome.Unchanged { Release: { } release } => new(
                "WW3001", $"release {Name(release)} serves already and everything is as wanted", "", "nothing was changed", Command("Status")),
            RolloutOutcome.Unchanged => new("WW3001", "nothing serves already", "", "nothing was changed", Command("Deploy")),
            RolloutOutcome.Stopped => new("WW3002", "the environment is stopped", "", "nothing serves; data and releases are kept", Command("Deploy")),
            RolloutOutcome.Refused refused => OfFaults(refused.Faults),
            RolloutOutcome.PlanChanged changed => new(
                "WW3011", $"the plan is now {changed.Now.Hash}", $"the plan {changed.Expected} that was agreed to", "nothing was changed", Command("Preview")),
            RolloutOutcome.LockHeld { By: var held } => new(
                "WW3012", $"{held.Holder} holds the lock since {held.Since:u} ({held.Reason}), renewed {held.Renewed:u}, lease {held.Lease.TotalSeconds:0} s",
                "the lock", "nothing was changed", $"wait, or when that holder is known to be gone: {Command("Unlock")}"),
            RolloutOutcome.Frozen { By: var freeze } => new(
                "WW3014", $"{freeze.By} holds deployments back since {freeze.At:u}: {freeze.Detail}", "an open line", "nothing was changed; what served before serves",
                $"{Command("Rollback")} when what serves is bad; {Command("Incident")} --unfreeze when it is over"),
            RolloutOutcome.NotStarted failed => new(
                "WW3013", failed.Reason, "an answer, before anything may be changed", "nothing was changed; what served before serves", Command("Deploy")),
            RolloutOutcome.RolledBack rolled => new(
                "WW3020", $"step {rolled.Failure.Step} of release {Name(rolled.Failed)} failed: {rolled.Failure.Reason}{Tolerated(rolled.Tolerated)}",
                "every step holds after it was done",
                rolled.To is { } to ? $"rolled back: release {Name(to)} serves" : "taken down again: nothing serves, as before",
                $"{Command("Logs")}, mend the cause, then {Command("Deploy")}"),
            RolloutOutcome.Cancelled { Step: null } => new("WW3021", "cancelled", "", "nothing was changed", Command("Deploy")),
            RolloutOutcome.Cancelled cancelled => new(
                "WW3021", $"cancelled at step {cancelled.Step}", "", "what had been changed is undone: what served before serves", Command("Deploy")),
            RolloutOutcome.Stuck { Undo: { } undo } stuck => new(
                "WW3030", $"step {stuck.Failure.Step} failed: {stuck.Failure.Reason}; then on the way back step {undo.Step} failed: {undo.Reason}",
                "every step of the way back holds", "NOT rolled back: look at what serves", $"{Command("Status")}, then {Command("Rollback")} or {Command("Deploy")}"),
            RolloutOutcome.Stuck stuck => new(
                "WW3030", $"step {stuck.Failure.Step} failed: {stuck.Failure.Reason}", "every step holds after it was done",
                "left as it is: look at what serves", $"{Command("Status")}, then the same command again"),
            RolloutOutcome.LockLost => new(
                "WW3031", "the lock was lost: its lease ran out without a renewal, or a person broke it", "the lock, at every change",
                "stopped at once, nothing was undone; whoever holds the lock, or the next deploy, brings it to a whole state", Command("Status")),
            _ => throw new UnreachableException(outcome.GetType().Name),
        };
    }

    /// <summary>Up to four lines, without a line break at the end.</summary>
    public override string ToString() => string.Join('\n', new[]
    {
        $"{Id} {Observed}",
        Required.Length == 0 ? "" : $"  required: {Required}",
        $"  so: {Consequence}",
        $"  next: {Next}",
    }.Where(line => line.Length > 0));

    private static OutcomeText OfFaults(IReadOnlyList<Fault> faults) => new(
        "WW3010",
        $"{faults.Count} {(faults.Count == 1 ? "thing stands" : "things stand")} in the way: {string.Join("; ", faults.Select(fault => $"{fault.Id} {fault.Observed}"))}",
        string.Join("; ", faults.Select(fault => fault.Required)),
        "nothing was changed",
        string.Join("; ", faults.Select(fault => fault.Next).Distinct(StringComparer.Ordinal)));

    private static string Name(Release release) => $"{release.Id} ({release.Version})";

    private static string Tolerated(IReadOnlyList<ToleratedFailure> tolerated) => tolerated.Count == 0
        ? ""
        : $"; {tolerated.Count} tolerated: {string.Join(", ", tolerated.Select(failure => $"{failure.Step}: {failure.Reason}"))}";
}
