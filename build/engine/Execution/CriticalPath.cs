namespace WasmWizard.BuildEngine;

/// <summary>The chain of targets that decided when the run ended: shortening anything else would not have ended it earlier.</summary>
internal sealed class CriticalPath
{
    private readonly IReadOnlyList<ExecutableTarget> _plan;
    private readonly int[][] _order;
    private readonly Dictionary<ExecutableTarget, int> _positions;
    private readonly Dictionary<ExecutableTarget, ExecutableTarget?> _sameLane = [];
    private readonly Dictionary<ExecutableTarget, int> _starts = [];
    private readonly List<ExecutableTarget> _alone = [];
    private readonly Dictionary<string, List<ExecutableTarget>> _byLock = [];

    private CriticalPath(IReadOnlyList<ExecutableTarget> plan, IReadOnlyList<ExecutableTarget> ran)
    {
        (_plan, _order) = (plan, Predecessors.Positions(plan));
        _positions = new Dictionary<ExecutableTarget, int>(plan.Count);
        for (var position = 0; position < plan.Count; position++)
            _positions[plan[position]] = position;
        var last = new Dictionary<int, ExecutableTarget>();
        foreach (var target in ByStart(ran))
        {
            _starts[target] = _starts.Count;
            _sameLane[target] = last.TryGetValue(target.Lane, out var before) ? before : null;
            last[target.Lane] = target;
        }

        foreach (var target in ran)
        {
            if (target.Definition.IsAlone)
                _alone.Add(target);
            foreach (var name in target.Definition.Locks.Distinct())
                (_byLock.TryGetValue(name, out var holders) ? holders : _byLock[name] = []).Add(target);
        }
    }

    /// <returns>In order; empty when at most one target ran.</returns>
    public static IReadOnlyList<ExecutableTarget> Of(IReadOnlyList<ExecutableTarget> plan)
    {
        var ran = plan.Where(target => target.Began is not null).ToList();
        if (ran.Count < 2)
            return [];
        var run = new CriticalPath(plan, ran);
        var path = new List<ExecutableTarget>();
        for (var target = LastOf(ran); target is not null; target = LastOf(run.Before(target)))
            path.Add(target);
        path.Reverse();
        return path;
    }

    /// <summary>What it may have waited for: a target that is ordered before it, one that had its lock or its thread, or what ran where one wants to be alone.</summary>
    private IEnumerable<ExecutableTarget> Before(ExecutableTarget target) => Ancestors(target)
        .Concat(target.Definition.IsAlone ? _starts.Keys : _alone)
        .Concat(target.Definition.Locks.SelectMany(name => _byLock[name]))
        .Append(_sameLane[target])
        .OfType<ExecutableTarget>()
        .Where(other => _starts[other] < _starts[target] && other.Ended <= target.Began);

    private static ExecutableTarget? LastOf(IEnumerable<ExecutableTarget> targets)
    {
        ExecutableTarget? last = null;
        foreach (var target in targets)
            if (last is null || target.Ended > last.Ended)
                last = target;
        return last;
    }

    private List<ExecutableTarget> ByStart(IReadOnlyList<ExecutableTarget> ran)
    {
        var sorted = ran.ToList();
        sorted.Sort((left, right) => left.Began == right.Began ? _positions[left].CompareTo(_positions[right]) : left.Began!.Value.CompareTo(right.Began!.Value));
        return sorted;
    }

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
