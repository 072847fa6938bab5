namespace WasmWizard.Tests.BuildEngine.Scheduling;

/// <summary>
/// What NUKE's serial executor makes of a plan, written down once more and as plainly as possible: by statuses, recursive, without
/// positions, schedulers or shared code.
/// </summary>
internal static class SerialOracle
{
    public static IReadOnlyDictionary<string, ExecutionStatus> Run(RandomGraph graph)
    {
        var plan = graph.Plan;
        foreach (var target in plan)
            target.Status = ExecutionStatus.Scheduled;
        foreach (var target in plan.Where(target => !target.Invoked && graph.Skipped is { } names && (names.Count == 0 || names.Contains(target))))
            Skip(target, plan);
        foreach (var target in plan.Where(target => target.Status == ExecutionStatus.Scheduled))
            Ask(target, target.Definition.StaticConditions, plan);

        var isStopped = plan.Any(target => target.Status == ExecutionStatus.Failed && !target.Definition.Proceeds);
        foreach (var target in plan.Where(target => target.Status == ExecutionStatus.Scheduled))
        {
            if (isStopped && !target.Definition.IsAssured)
            {
                target.Status = ExecutionStatus.NotRun;
                continue;
            }

            Ask(target, target.Definition.DynamicConditions, plan);
            if (target.Status == ExecutionStatus.Scheduled)
                target.Status = !target.HasActions ? ExecutionStatus.Collective : graph.Failing.Contains(target) ? ExecutionStatus.Failed : ExecutionStatus.Succeeded;
            isStopped |= target.Status == ExecutionStatus.Failed && !target.Definition.Proceeds;
        }

        return plan.ToDictionary(target => target.Name, target => target.Status);
    }

    private static void Ask(ExecutableTarget target, List<TargetCondition> conditions, IReadOnlyList<ExecutableTarget> plan)
    {
        try
        {
            if (!conditions.TrueForAll(condition => condition.Holds()))
                Skip(target, plan);
        }
        catch (InvalidOperationException)
        {
            target.Status = ExecutionStatus.Failed;
        }
    }

    private static void Skip(ExecutableTarget target, IReadOnlyList<ExecutableTarget> plan)
    {
        if (target.Status != ExecutionStatus.Scheduled)
            return;
        target.Status = ExecutionStatus.Skipped;
        if (target.Definition.SkippedDependencies == DependencyBehavior.Execute)
            return;
        foreach (var needed in target.ExecutionEdges.Concat(target.TriggeredTargets))
            if (!needed.Invoked && !plan.Any(other => other.Status == ExecutionStatus.Scheduled && other.ExecutionEdges.Concat(other.TriggeredTargets).Contains(needed)))
                Skip(needed, plan);
    }
}
