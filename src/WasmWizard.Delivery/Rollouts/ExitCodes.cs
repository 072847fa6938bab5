using System.Diagnostics;

namespace WasmWizard.Delivery.Rollouts;

/// <summary>The only place where an outcome becomes a process's exit code; the numbers are those of contracts.md.</summary>
public static class ExitCodes
{
    public static int Of(RolloutOutcome outcome) => outcome switch
    {
        RolloutOutcome.Healthy or RolloutOutcome.Unchanged or RolloutOutcome.Stopped => 0,
        RolloutOutcome.Refused => 2,
        RolloutOutcome.PlanChanged or RolloutOutcome.Frozen => 3,
        RolloutOutcome.NotStarted or RolloutOutcome.RolledBack => 4,
        RolloutOutcome.Stuck or RolloutOutcome.LockLost => 5,
        RolloutOutcome.LockHeld => 6,
        RolloutOutcome.Cancelled => 130,
        _ => throw new UnreachableException(outcome.GetType().Name),
    };
}
