namespace WasmWizard.BuildEngine;

/// <summary>
/// Decides what is left out. Skipping walks down: dependencies and triggers that no other scheduled target needs are left out too,
/// unless the skipped target says otherwise or the command line names them. It never walks up.
/// A decision during the run sees the plan as the serial run would see it there: only what comes later can be left out, and only what
/// comes later can need it.
/// </summary>
internal sealed class SkipRules
{
    public const string DoneBefore = "done in the last attempt";

    private const int BeforeAll = -1;

    private readonly IReadOnlyList<ExecutableTarget> _plan;
    private readonly Dictionary<ExecutableTarget, int> _positions = [];
    private readonly HashSet<ExecutableTarget> _failedBefore = [];
    private readonly Lock _lock = new();
    private List<int>[]? _neededBy;

    public SkipRules(IReadOnlyList<ExecutableTarget> plan)
    {
        _plan = plan;
        for (var position = 0; position < plan.Count; position++)
            _positions[plan[position]] = position;
    }

    /// <param name="names">The targets of <c>--skip</c>; empty for all, null when it was not given.</param>
    public void SkipByName(IReadOnlyCollection<ExecutableTarget>? names)
    {
        if (names is null)
            return;
        foreach (var target in _plan.Where(target => !target.Invoked && (names.Count == 0 || names.Contains(target))))
            Skip(target, "via parameter", BeforeAll);
    }

    /// <summary>Leaves out targets with a false condition. One whose condition throws has failed, before anything ran.</summary>
    public void SkipByStaticConditions()
    {
        foreach (var target in _plan.Where(target => target.Status == ExecutionStatus.Scheduled))
            if (FalseConditions(target, target.Definition.StaticConditions) is { } reason)
                Skip(target, reason, BeforeAll);
            else if (target.Status == ExecutionStatus.Failed)
                _failedBefore.Add(target);
    }

    /// <returns>Whether the target was left out now.</returns>
    public bool SkipByDynamicConditions(ExecutableTarget target)
    {
        if (FalseConditions(target, target.Definition.DynamicConditions) is not { } reason)
            return false;
        lock (_lock)
            Skip(target, reason, _positions[target]);
        return true;
    }

    public void SkipAsDone(IReadOnlyCollection<string> names)
    {
        foreach (var target in _plan.Where(target => names.Contains(target.Name) && target.Status == ExecutionStatus.Scheduled))
            (target.Status, target.SkipReason) = (ExecutionStatus.Skipped, DoneBefore);
    }

    /// <summary>The positions that a skip of this one during the run could leave out.</summary>
    public HashSet<int> ReachOf(int decider)
    {
        var reach = new HashSet<int>();
        var open = new Stack<ExecutableTarget>([_plan[decider]]);
        while (open.TryPop(out var target))
            if (target.Definition.SkippedDependencies == DependencyBehavior.Skip)
                foreach (var needed in Needs(target).Where(needed => !needed.Invoked && IsOpen(_positions[needed]) && _positions[needed] > decider && reach.Add(_positions[needed])))
                    open.Push(needed);
        return reach;
    }

    /// <summary>The positions of all that depend on the target of this one, or trigger it.</summary>
    public IReadOnlyList<int> NeededBy(int position) => (_neededBy ??= FindNeededBy())[position];

    /// <summary>Whether the target of this position is neither skipped nor failed before the run.</summary>
    public bool IsOpen(int position) => _plan[position].Status != ExecutionStatus.Skipped && !_failedBefore.Contains(_plan[position]);

    private void Skip(ExecutableTarget target, string reason, int decider)
    {
        var open = new Stack<(ExecutableTarget Target, string Reason)>([(target, reason)]);
        while (open.TryPop(out var next))
        {
            if (!IsOpen(_positions[next.Target]) || (next.Target != target && IsNeeded(next.Target, decider)))
                continue;
            (next.Target.Status, next.Target.SkipReason) = (ExecutionStatus.Skipped, next.Reason);
            if (next.Target.Definition.SkippedDependencies == DependencyBehavior.Skip)
                foreach (var needed in Needs(next.Target).Reverse().Where(needed => !needed.Invoked && _positions[needed] > decider))
                    open.Push((needed, $"because of {next.Target.Name}"));
        }
    }

    private bool IsNeeded(ExecutableTarget target, int decider) => NeededBy(_positions[target]).Any(other => other > decider && IsOpen(other));

    private static IEnumerable<ExecutableTarget> Needs(ExecutableTarget target) => target.ExecutionEdges.Concat(target.TriggeredTargets);

    private List<int>[] FindNeededBy()
    {
        var neededBy = _plan.Select(_ => new List<int>()).ToArray();
        for (var position = 0; position < _plan.Count; position++)
            foreach (var needed in Needs(_plan[position]).Distinct())
                neededBy[_positions[needed]].Add(position);
        return neededBy;
    }

    private static string? FalseConditions(ExecutableTarget target, List<TargetCondition> conditions)
    {
        if (conditions.Count == 0)
            return null;
        try
        {
            var failed = conditions.Where(condition => !condition.Holds()).Select(condition => condition.Reason).ToList();
            return failed.Count > 0 ? string.Join("; ", failed) : null;
        }
        catch (Exception exception)
        {
            (target.Status, target.Failure) = (ExecutionStatus.Failed, exception);
            return null;
        }
    }
}
