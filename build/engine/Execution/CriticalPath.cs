namespace WasmWizard.BuildEngine;

/// <summary>The chain of targets that decided when the run ended: shortening anything else would not have ended it earlier.</summary>
internal sealed class CriticalPath
{
    private readonly IReadOnlyList<ExecutableTarget> _plan;
    private readonly HashSet<int>[] _order;
    private readonly Dictionary<ExecutableTarget, int> _positions = [];
    private readonly Dictionary<ExecutableTarget, ExecutableTarget?> _sameLane = [];

    private CriticalPath(IReadOnlyList<ExecutableTarget> plan)
    {
        (_plan, _order) = (plan, Predecessors.Positions(plan));
        for (var position = 0; position < plan.Count; position++)
            _positions[plan[position]] = position;
        var last = new Dictionary<int, ExecutableTarget>();
        foreach (var target in plan.Where(target => target.Began is not null).OrderBy(target => target.Began))
        {
            _sameLane[target] = last.GetValueOrDefault(target.Lane);
            last[target.Lane] = target;
        }
    }

    /// <returns>In order; empty when at most one target ran.</returns>
    public static IReadOnlyList<ExecutableTarget> Of(IReadOnlyList<ExecutableTarget> plan)
    {
        var ran = plan.Where(target => target.Began is not null).ToList();
        if (ran.Count < 2)
            return [];
        var run = new CriticalPath(plan);
        var path = new List<ExecutableTarget>();
        for (var target = ran.MaxBy(target => target.Ended); target is not null; target = run.Before(target))
            path.Add(target);
        path.Reverse();
        return path;
    }

    /// <summary>What it waited for last; where nothing that it had to wait for ran, what had its thread before.</summary>
    private ExecutableTarget? Before(ExecutableTarget target) => Ancestors(target).Where(other => other.Ended <= target.Began).MaxBy(other => other.Ended) ?? _sameLane[target];

    private IEnumerable<ExecutableTarget> Ancestors(ExecutableTarget target)
    {
        var seen = new HashSet<int>();
        var open = new Stack<int>(_order[_positions[target]]);
        while (open.TryPop(out var position))
        {
            if (!seen.Add(position))
                continue;
            if (_plan[position].Began is not null)
                yield return _plan[position];
            else
                foreach (var before in _order[position])
                    open.Push(before);
        }
    }
}
