namespace WasmWizard.BuildEngine;

/// <summary>Runs a plan. Another implementation may run several targets at once; what one target's run means is <see cref="TargetRunner"/>'s.</summary>
internal interface IPlanExecutor
{
    /// <summary>Leaves every planned target with its final status.</summary>
    void Execute(IReadOnlyList<ExecutableTarget> plan, TargetRunner runner, BuildCancellation cancellation);
}

/// <summary>One target after the other, in the plan's order.</summary>
internal sealed class SerialPlanExecutor : IPlanExecutor
{
    public void Execute(IReadOnlyList<ExecutableTarget> plan, TargetRunner runner, BuildCancellation cancellation)
    {
        var isStopped = plan.Any(target => target.Status == ExecutionStatus.Failed && !target.Definition.Proceeds);
        foreach (var target in plan)
        {
            if (target.Status == ExecutionStatus.Skipped)
                runner.ReportSkipped(target);
            if (target.Status != ExecutionStatus.Scheduled)
                continue;

            if (cancellation.IsRequested)
            {
                isStopped = true;
                cancellation.BeginCleanup();
            }

            if (isStopped && !target.Definition.IsAssured)
            {
                target.Status = ExecutionStatus.NotRun;
                continue;
            }

            runner.Run(target);
            isStopped |= target.Status is ExecutionStatus.Aborted || (target.Status is ExecutionStatus.Failed && !target.Definition.Proceeds);
        }
    }
}
