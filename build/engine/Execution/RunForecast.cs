namespace WasmWizard.BuildEngine;

/// <summary>How far a run is and how long the rest may take, from what its targets took before.</summary>
internal sealed class RunForecast(IReadOnlyList<ExecutableTarget> plan, IReadOnlyDictionary<string, TimeSpan> history, int jobs)
{
    private readonly int[][] _order = Predecessors.Positions(plan);

    /// <summary>For example <c>3 of 7 done, 2 running, about 1:40 left</c>; the last part only where every open target is known.</summary>
    public string Headline(TimeSpan elapsed)
    {
        var counted = plan.Where(target => target.HasActions).ToList();
        var done = counted.Count(target => target.Status is not (ExecutionStatus.Scheduled or ExecutionStatus.Running));
        var running = counted.Count(target => target.Status == ExecutionStatus.Running);
        return $"{done} of {counted.Count} done, {running} running{Left(Remaining(elapsed))}";
    }

    private static string Left(TimeSpan? remaining) => remaining switch
    {
        null => "",
        { } span when span < SummaryTable.Noticed => ", nearly done",
        { } span => $", about {SummaryTable.Format(span)} left",
    };

    /// <summary>The longest open path, or the open work over the jobs where that is longer; null when an open target never ran before.</summary>
    public TimeSpan? Remaining(TimeSpan elapsed = default)
    {
        var ends = new TimeSpan[plan.Count];
        var work = TimeSpan.Zero;
        for (var position = 0; position < plan.Count; position++)
        {
            if (Open(plan[position], elapsed) is not { } rest)
                return null;
            work += rest;
            ends[position] = rest + _order[position].Select(before => ends[before]).DefaultIfEmpty().Max();
        }

        var path = ends.DefaultIfEmpty().Max();
        return path > work / jobs ? path : work / jobs;
    }

    private TimeSpan? Open(ExecutableTarget target, TimeSpan elapsed)
    {
        if (!target.HasActions || target.Status is not (ExecutionStatus.None or ExecutionStatus.Scheduled or ExecutionStatus.Running))
            return TimeSpan.Zero;
        if (!history.TryGetValue(target.Name, out var known))
            return null;
        var spent = target.Status == ExecutionStatus.Running ? elapsed - (target.Began ?? elapsed) : TimeSpan.Zero;
        return known > spent ? known - spent : TimeSpan.Zero;
    }
}
