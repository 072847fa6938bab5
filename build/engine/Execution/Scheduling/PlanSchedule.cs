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
        DecisionOrder.AddTo(after, plan, rules);
        var schedule = new List<ScheduledTarget>(plan.Count);
        for (var position = 0; position < plan.Count; position++)
            schedule.Add(Of(plan[position], after[position], estimates));
        return schedule;
    }

    private static ScheduledTarget Of(ExecutableTarget target, IReadOnlyList<int> after, IReadOnlyDictionary<string, TimeSpan> estimates) => new(after)
    {
        Proceeds = target.Definition.Proceeds,
        IsAssured = target.Definition.IsAssured,
        IsAlone = target.Definition.IsAlone,
        Locks = target.Definition.Locks,
        Estimate = !target.HasActions ? TimeSpan.Zero : estimates.TryGetValue(target.Name, out var known) ? known : TimeSpan.FromSeconds(1),
    };
}

/// <summary>What is ordered before what, within a plan.</summary>
internal static class Predecessors
{
    /// <summary>By position: everything planned that is directly before it, also where the way leads over targets that are not planned.</summary>
    public static int[][] Positions(IReadOnlyList<ExecutableTarget> plan)
    {
        var positions = new Dictionary<ExecutableTarget, int>(plan.Count);
        for (var position = 0; position < plan.Count; position++)
            positions[plan[position]] = position;
        // By position: for whom it was found last, counted from one.
        var foundFor = new int[plan.Count];
        var found = new List<int>();
        var order = new int[plan.Count][];
        for (var position = 0; position < plan.Count; position++)
        {
            Find(plan[position], position + 1);
            order[position] = [.. found];
            found.Clear();
        }

        return order;

        void Find(ExecutableTarget target, int asker)
        {
            HashSet<ExecutableTarget>? seen = null;
            var open = new Stack<ExecutableTarget>(target.Predecessors);
            while (open.TryPop(out var before))
            {
                if (!positions.TryGetValue(before, out var position))
                {
                    if ((seen ??= []).Add(before))
                        foreach (var further in before.Predecessors)
                            open.Push(further);
                }
                else if (foundFor[position] != asker)
                {
                    foundFor[position] = asker;
                    found.Add(position);
                }
            }
        }
    }
}
