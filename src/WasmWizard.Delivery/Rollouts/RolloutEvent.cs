using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Rollouts;

/// <summary>What a rollout tells while it runs, in order, on the thread that runs it; a listener must not block for long.</summary>
public abstract record RolloutEvent
{
    private RolloutEvent()
    {
    }

    /// <summary>A torn last line was found and cut off.</summary>
    public sealed record LedgerRepaired(string Fragment) : RolloutEvent;

    /// <summary>The plan that is about to be executed, made under the lock.</summary>
    public sealed record PlanMade(Plan Plan) : RolloutEvent;

    /// <param name="Superseded">The dead or expired holder whose place was taken; null when the lock was free.</param>
    public sealed record LockTaken(DeploymentLock Lock, DeploymentLock? Superseded) : RolloutEvent;

    /// <summary>A rollout whose run ended without an outcome has been closed.</summary>
    public sealed record InterruptedFound(RolloutRecord Rollout) : RolloutEvent;

    public sealed record Started(long Rollout) : RolloutEvent;

    /// <summary>Nothing was left to do.</summary>
    public sealed record StepHeld(string Step, string Fact) : RolloutEvent;

    public sealed record StepActing(string Step, string Subject, string Change) : RolloutEvent;

    public sealed record StepDone(string Step, string Fact, TimeSpan Took) : RolloutEvent;

    /// <param name="Tolerated">The rollout goes on: see <see cref="ToleratedFailure"/>.</param>
    public sealed record StepFailed(string Step, string Reason, bool Tolerated) : RolloutEvent;

    /// <param name="To">The release being gone back to; null when what was started is taken down again.</param>
    public sealed record Undoing(Release? To) : RolloutEvent;

    /// <summary>The lock could not be given back; it ends with its holder's life or its lease.</summary>
    public sealed record LockNotReleased(string Reason) : RolloutEvent;
}
