namespace WasmWizard.BuildEngine;

/// <summary>
/// The edges that make run-time skips independent of timing. A target with dynamic conditions decides about others: those that its skip walk
/// could reach wait for it, deciders that could see each other's decisions keep their order, and a decider that could touch assured
/// targets waits for everything that could still stop it.
/// </summary>
internal sealed class DecisionOrder
{
    private readonly IReadOnlyList<ExecutableTarget> _plan;
    private readonly SkipRules _rules;
    private readonly List<int> _deciders;
    private readonly Dictionary<int, HashSet<int>> _reach = [];
    private readonly Dictionary<int, HashSet<int>> _influence = [];

    private DecisionOrder(IReadOnlyList<ExecutableTarget> plan, SkipRules rules)
    {
        (_plan, _rules) = (plan, rules);
        _deciders = [];
        for (var position = 0; position < plan.Count; position++)
            if (plan[position].Status == ExecutionStatus.Scheduled && plan[position].Definition.DynamicConditions.Count > 0)
                _deciders.Add(position);
        foreach (var decider in _deciders)
        {
            _reach[decider] = rules.ReachOf(decider);
            // A decision reads who else needs what it could leave out.
            _influence[decider] = [.. _reach[decider].SelectMany(rules.NeededBy).Concat(_reach[decider])];
        }
    }

    /// <summary>Adds what has to be final before a position starts to what is ordered before it anyway.</summary>
    public static void AddTo(int[][] after, IReadOnlyList<ExecutableTarget> plan, SkipRules rules)
    {
        var order = new DecisionOrder(plan, rules);
        foreach (var decider in order._deciders)
            foreach (var edges in order.EdgesFrom(decider).Concat(order.EdgesTo(decider)).GroupBy(edge => edge.After, edge => edge.Before))
                after[edges.Key] = [.. after[edges.Key].Union(edges)];
    }

    private IEnumerable<(int Before, int After)> EdgesFrom(int decider) =>
        _reach[decider].Concat(_deciders.Where(later => later > decider && SeeEachOther(decider, later))).Select(later => (decider, later));

    private IEnumerable<(int Before, int After)> EdgesTo(int decider)
    {
        if (_plan[decider].Definition.IsAssured || !TouchesAssured(decider))
            return [];
        return Enumerable.Range(0, decider).Where(CanStop).Select(earlier => (earlier, decider));
    }

    private bool SeeEachOther(int left, int right) => _reach[left].Overlaps(_influence[right]) || _influence[left].Overlaps(_reach[right]);

    private bool TouchesAssured(int decider) =>
        _reach[decider].Any(position => _plan[position].Definition.IsAssured)
        || _deciders.Any(other => other > decider && _plan[other].Definition.IsAssured && _reach[decider].Overlaps(_influence[other]));

    private bool CanStop(int position) =>
        _rules.IsOpen(position) && !_plan[position].Definition.Proceeds && (_plan[position].HasActions || _plan[position].Definition.DynamicConditions.Count > 0);
}
