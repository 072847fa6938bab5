namespace WasmWizard.BuildEngine;

/// <summary>The chain of targets that decided when the run ended: shortening anything else would not have ended it earlier.</summary>
internal sealed class CriticalPath
{
    private readonly IReadOnlyList<ExecutableTarget> _plan;
    private readonly HashSet<int>[] _order;
    private readonly Dictionary<ExecutableTarget, int> _positions = [];
    private readonly Dictionary<ExecutableTarget, ExecutableTarget?> _sameLane = [];
    private readonly Dictionary<ExecutableTarget, int> _starts = [];
    private readonly List<ExecutableTarget> _alone;
    private readonly ILookup<string, ExecutableTarget> _byLock;

    private CriticalPath(IReadOnlyList<ExecutableTarget> plan, IReadOnlyList<ExecutableTarget> ran)
    {
        (_plan, _order) = (plan, Predecessors.Positions(plan));
        for (var position = 0; position < plan.Count; position++)
            _positions[plan[position]] = position;
        var last = new Dictionary<int, ExecutableTarget>();
        foreach (var target in ran.OrderBy(target => target.Began))
        {
            _starts[target] = _starts.Count;
            _sameLane[target] = last.GetValueOrDefault(target.Lane);
            last[target.Lane] = target;
        }

        _alone = [.. ran.Where(target => target.Definition.IsAlone)];
        _byLock = ran.SelectMany(target => target.Definition.Locks.Distinct(), (target, name) => (target, name)).ToLookup(pair => pair.name, pair => pair.target);
    }

    /// <returns>In order; empty when at most one target ran.</returns>
    public static IReadOnlyList<ExecutableTarget> Of(IReadOnlyList<ExecutableTarget> plan)
    {
        var ran = plan.Where(target => target.Began is not null).ToList();
        if (ran.Count < 2)
            return [];
        var run = new CriticalPath(plan, ran);
        var path = new List<ExecutableTarget>();
        for (var target = ran.MaxBy(target => target.Ended); target is not null; target = run.Before(target))
            path.Add(target);
        path.Reverse();
        return path;
    }

    /// <summary>What it waited for last: a target that is ordered before it, one that had its lock or its thread, or what ran where one wants to be alone.</summary>
    private ExecutableTarget? Before(ExecutableTarget target) => Ancestors(target)
        .Concat(target.Definition.IsAlone ? _starts.Keys : _alone)
        .Concat(target.Definition.Locks.SelectMany(name => _byLock[name]))
        .Append(_sameLane[target])
        .OfType<ExecutableTarget>()
        .Where(other => _starts[other] < _starts[target] && other.Ended <= target.Began)
        .MaxBy(other => other.Ended);

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
