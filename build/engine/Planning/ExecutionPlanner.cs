namespace WasmWizard.BuildEngine;

/// <summary>
/// Turns a graph and the wanted targets into the order of a run. The whole graph is walked from what nothing waits for, the earliest declared
/// first, and the walk is reversed: among targets without an order the later declared runs first, whatever the command line's order was.
/// Time is linear in targets and edges, but for the search of the earliest.
/// </summary>
internal static class ExecutionPlanner
{
    /// <param name="targets">All targets in declaration order.</param>
    /// <param name="wanted">The invoked targets, or the defaults.</param>
    /// <param name="strict">Refuse an order that is not the only one.</param>
    public static IReadOnlyList<ExecutableTarget> Plan(
        IReadOnlyList<ExecutableTarget> targets, IReadOnlyCollection<ExecutableTarget> wanted, bool strict = false)
    {
        if (CycleFinder.Find(targets) is { } cycle)
            throw new UsageException($"The targets wait for each other in a circle: {string.Join(" -> ", cycle)}. Remove one of these edges.");

        var planned = Closure(wanted);
        var plan = Walk(targets).Where(planned.Contains).ToList();
        if (strict)
            RefuseAmbiguity(plan);
        return plan;
    }

    private static HashSet<ExecutableTarget> Closure(IReadOnlyCollection<ExecutableTarget> wanted)
    {
        var planned = new HashSet<ExecutableTarget>(wanted);
        var open = new Queue<ExecutableTarget>(planned);
        while (open.TryDequeue(out var target))
        {
            Add(target.ExecutionEdges);
            Add(target.TriggeredTargets);
        }

        return planned;

        void Add(List<ExecutableTarget> needed)
        {
            foreach (var target in needed)
                if (planned.Add(target))
                    open.Enqueue(target);
        }
    }

    private static List<ExecutableTarget> Walk(IReadOnlyList<ExecutableTarget> targets)
    {
        var position = new Dictionary<ExecutableTarget, int>(targets.Count);
        for (var index = 0; index < targets.Count; index++)
            position[targets[index]] = index;
        var waiting = new int[targets.Count];
        foreach (var target in targets)
            foreach (var predecessor in target.Predecessors)
                waiting[position[predecessor]]++;

        var free = new RankSet(targets.Count);
        for (var index = 0; index < targets.Count; index++)
            if (waiting[index] == 0)
                free.Add(index);

        var walked = new List<ExecutableTarget>(targets.Count);
        while (free.First is { } first)
        {
            free.Remove(first);
            walked.Add(targets[first]);
            foreach (var predecessor in targets[first].Predecessors)
                if (--waiting[position[predecessor]] == 0)
                    free.Add(position[predecessor]);
        }

        walked.Reverse();
        return walked;
    }

    private static void RefuseAmbiguity(List<ExecutableTarget> plan)
    {
        var faults = plan
            .Zip(plan.Skip(1))
            .Where(pair => !Reaches(pair.Second, pair.First))
            .Select(pair => $"Nothing orders {pair.First.Name} and {pair.Second.Name}. With --strict the order has to be the only one: add Before or After.")
            .ToList();
        if (faults.Count > 0)
            throw new UsageException(faults);
    }

    private static bool Reaches(ExecutableTarget from, ExecutableTarget to)
    {
        var seen = new HashSet<ExecutableTarget> { from };
        var open = new Stack<ExecutableTarget>(seen);
        while (open.TryPop(out var target))
        {
            if (target == to)
                return true;
            foreach (var predecessor in target.Predecessors.Where(seen.Add))
                open.Push(predecessor);
        }

        return false;
    }
}
