namespace WasmWizard.BuildEngine;

/// <summary>Turns planned targets into what the scheduler works with.</summary>
internal static class PlanSchedule
{
    /// <param name="plan">In serial order, after everything that is skipped before the run.</param>
    /// <param name="rules">What could still be skipped.</param>
    /// <param name="estimates">Seconds by target, where they are known.</param>
    public static IReadOnlyList<ScheduledTarget> Of(IReadOnlyList<ExecutableTarget> plan, SkipRules rules, IReadOnlyDictionary<string, TimeSpan> estimates)
    {
        var after = Predecessors.Positions(plan);
        foreach (var (before, later) in DecisionOrder.EdgesOf(plan, rules))
            after[later].Add(before);
        return
        [
            .. plan.Select((target, position) => new ScheduledTarget([.. after[position]])
            {
                Proceeds = target.Definition.Proceeds,
                IsAssured = target.Definition.IsAssured,
                IsAlone = target.Definition.IsAlone,
                Locks = target.Definition.Locks,
                Estimate = !target.HasActions ? TimeSpan.Zero : estimates.GetValueOrDefault(target.Name, TimeSpan.FromSeconds(1)),
            }),
        ];
    }
}

/// <summary>What is ordered before what, within a plan.</summary>
internal static class Predecessors
{
    /// <summary>By position: everything planned that is directly before it, also where the way leads over targets that are not planned.</summary>
    public static HashSet<int>[] Positions(IReadOnlyList<ExecutableTarget> plan)
    {
        var positions = new Dictionary<ExecutableTarget, int>(plan.Count);
        for (var position = 0; position < plan.Count; position++)
            positions[plan[position]] = position;
        return [.. plan.Select(target => Of(target, positions))];
    }

    private static HashSet<int> Of(ExecutableTarget target, Dictionary<ExecutableTarget, int> positions)
    {
        var found = new HashSet<int>();
        HashSet<ExecutableTarget>? seen = null;
        var open = new Stack<ExecutableTarget>(target.Predecessors);
        while (open.TryPop(out var before))
        {
            if (positions.TryGetValue(before, out var position))
                found.Add(position);
            else if ((seen ??= []).Add(before))
                foreach (var further in before.Predecessors)
                    open.Push(further);
        }

        return found;
    }
}
