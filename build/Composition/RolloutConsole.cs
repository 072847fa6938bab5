using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Rollouts;

/// <summary>Tells a person what a rollout is doing, a line per thing that happens.</summary>
public sealed class RolloutConsole : IProgress<RolloutEvent>
{
    public void Report(RolloutEvent value)
    {
        switch (value)
        {
            case RolloutEvent.PlanMade made:
                foreach (var line in PlanText.Render(made.Plan).Split('\n', StringSplitOptions.RemoveEmptyEntries))
                    Log.Information("{Line:l}", line);
                break;
            case RolloutEvent.LockTaken { Superseded: { } dead } taken:
                Log.Warning("Lock taken over from {Holder:l}, which is gone ({Reason:l}); token {Token:l}", dead.Holder, dead.Reason, taken.Lock.Token.ToString());
                break;
            case RolloutEvent.LedgerRepaired repaired:
                Log.Warning("The ledger's last line was torn and has been cut off: {Fragment:l}", repaired.Fragment);
                break;
            case RolloutEvent.InterruptedFound found:
                Log.Warning("An earlier {Action:l} of {Release} by {By:l} did not end; going on from what is observed", found.Rollout.Action, found.Rollout.Release, found.Rollout.By);
                break;
            case RolloutEvent.StepActing acting:
                Log.Information("{Step:l}: {Change:l}", acting.Step, acting.Change);
                break;
            case RolloutEvent.StepDone done:
                Log.Information("{Step:l}: {Fact:l} ({Seconds:0.0} s)", done.Step, done.Fact, done.Took.TotalSeconds);
                break;
            case RolloutEvent.StepFailed failed:
                Log.Warning("{Step:l}: {Reason:l}{Tolerated:l}", failed.Step, failed.Reason, failed.Tolerated ? " (tolerated)" : "");
                break;
            case RolloutEvent.Undoing undoing:
                Log.Warning("Going back to {Release:l}", undoing.To is { } to ? $"{to.Id} ({to.Version})" : "nothing");
                break;
            case RolloutEvent.LockNotReleased stuck:
                Log.Warning("The lock could not be given back: {Reason:l}", stuck.Reason);
                break;
        }
    }
}
