using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Rollouts;

/// <summary>How a deploy, rollback or stop ended. <see cref="ExitCodes"/> and <see cref="OutcomeText"/> say what follows from it.</summary>
public abstract record RolloutOutcome
{
    private RolloutOutcome()
    {
    }

    /// <summary>The wanted release serves, proven by the environment step.</summary>
    /// <param name="Rollout">Its number in the ledger.</param>
    /// <param name="Address">Where it answers; null when the target could not say.</param>
    public sealed record Healthy(Release Release, long Rollout, Uri? Address, IReadOnlyList<ToleratedFailure> Tolerated) : RolloutOutcome;

    /// <summary>Everything was as wanted; nothing was written. Null: nothing serves, as wanted.</summary>
    public sealed record Unchanged(Release? Release) : RolloutOutcome;

    /// <summary>Nothing serves any more, as asked.</summary>
    public sealed record Stopped(long Rollout) : RolloutOutcome;

    /// <summary>Not begun; every reason at once. Nothing was changed.</summary>
    public sealed record Refused(IReadOnlyList<Fault> Faults) : RolloutOutcome;

    /// <summary>Not begun: the world is not the one that the reviewed plan was made for.</summary>
    /// <param name="Expected">The hash that the caller gave.</param>
    /// <param name="Now">The plan as it would be now.</param>
    public sealed record PlanChanged(string Expected, Plan Now) : RolloutOutcome;

    /// <summary>Not begun: somebody else is changing the environment.</summary>
    public sealed record LockHeld(DeploymentLock By) : RolloutOutcome;

    /// <summary>Not begun: a person holds deployments back; a rollback is not held back.</summary>
    /// <param name="By">The entry that says who, since when and why.</param>
    public sealed record Frozen(LedgerEntry By) : RolloutOutcome;

    /// <summary>Not begun: a port failed before the first change.</summary>
    public sealed record NotStarted(string Reason) : RolloutOutcome;

    /// <summary>Failed, and undone.</summary>
    /// <param name="Failed">The release that did not become healthy.</param>
    /// <param name="To">The release that serves; null: nothing does, as before.</param>
    public sealed record RolledBack(Release Failed, Release? To, StepFailure Failure, IReadOnlyList<ToleratedFailure> Tolerated) : RolloutOutcome;

    /// <summary>Cancelled by the caller. When something had been changed, it was undone.</summary>
    /// <param name="Step">Where it was; null before the first change.</param>
    public sealed record Cancelled(string? Step) : RolloutOutcome;

    /// <summary>Failed and not undone: a person must look.</summary>
    /// <param name="Failure">What failed first.</param>
    /// <param name="Undo">What failed on the way back; null when there is no way back (a stop, or a ledger that cannot record success).</param>
    public sealed record Stuck(StepFailure Failure, StepFailure? Undo) : RolloutOutcome;

    /// <summary>The lock went to somebody else in the middle. Whoever has it now brings the environment to a whole state.</summary>
    /// <param name="Rollout">The number of the rollout that was left; null when it had not begun.</param>
    public sealed record LockLost(long? Rollout) : RolloutOutcome;
}
