namespace WasmWizard.BuildEngine;

/// <summary>
/// Decides what is left out. Skipping walks down: dependencies and triggers that no other scheduled target needs are left out too,
/// unless the skipped target says otherwise or the command line names them. It never walks up.
/// </summary>
internal sealed class SkipRules(IReadOnlyList<ExecutableTarget> plan)
{
    public const string DoneBefore = "done in the last attempt";

    /// <param name="names">The targets of <c>--skip</c>; empty for all, null when it was not given.</param>
    public void SkipByName(IReadOnlyCollection<ExecutableTarget>? names)
    {
        if (names is null)
            return;
        foreach (var target in plan.Where(target => !target.Invoked && (names.Count == 0 || names.Contains(target))))
            Skip(target, "via parameter");
    }

    /// <summary>Leaves out targets with a false condition. One whose condition throws has failed, before anything ran.</summary>
    public void SkipByStaticConditions()
    {
        foreach (var target in plan.Where(target => target.Status == ExecutionStatus.Scheduled))
            if (FalseConditions(target, target.Definition.StaticConditions) is { } reason)
                Skip(target, reason);
    }

    /// <returns>Whether the target was left out now.</returns>
    public bool SkipByDynamicConditions(ExecutableTarget target)
    {
        if (FalseConditions(target, target.Definition.DynamicConditions) is not { } reason)
            return false;
        Skip(target, reason);
        return true;
    }

    public void SkipAsDone(IReadOnlyCollection<string> names)
    {
        foreach (var target in plan.Where(target => names.Contains(target.Name) && target.Status == ExecutionStatus.Scheduled))
            (target.Status, target.SkipReason) = (ExecutionStatus.Skipped, DoneBefore);
    }

    private void Skip(ExecutableTarget target, string reason)
    {
        if (target.Status != ExecutionStatus.Scheduled)
            return;
        (target.Status, target.SkipReason) = (ExecutionStatus.Skipped, reason);
        if (target.Definition.SkippedDependencies == DependencyBehavior.Execute)
            return;
        foreach (var needed in target.ExecutionEdges.Concat(target.TriggeredTargets).Where(needed => !needed.Invoked && !IsNeeded(needed)))
            Skip(needed, $"because of {target.Name}");
    }

    private bool IsNeeded(ExecutableTarget target) => plan.Any(other =>
        other.Status is ExecutionStatus.Scheduled or ExecutionStatus.Running && (other.ExecutionEdges.Contains(target) || other.TriggeredTargets.Contains(target)));

    private static string? FalseConditions(ExecutableTarget target, List<TargetCondition> conditions)
    {
        if (conditions.Count == 0)
            return null;
        try
        {
            var failed = conditions.Where(condition => !condition.Holds()).Select(condition => condition.Text).ToList();
            return failed.Count > 0 ? $"OnlyWhen: {string.Join(" && ", failed)}" : null;
        }
        catch (Exception exception)
        {
            (target.Status, target.Failure) = (ExecutionStatus.Failed, exception);
            return null;
        }
    }
}
