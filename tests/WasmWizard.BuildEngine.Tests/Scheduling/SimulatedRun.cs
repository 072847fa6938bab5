namespace WasmWizard.Tests.BuildEngine.Scheduling;

/// <summary>Drives the scheduler with a clock of its own: no threads, no waiting. Durations and faults come from the graph.</summary>
internal sealed class SimulatedRun
{
    private readonly RandomGraph _graph;
    private readonly SkipRules _rules;
    private readonly PlanScheduler _scheduler;
    private readonly PriorityQueue<int, (int End, int Position)> _running = new();

    public SimulatedRun(RandomGraph graph, int jobs, int? cancelAt = null)
    {
        _graph = graph;
        foreach (var target in graph.Plan)
            target.Status = ExecutionStatus.Scheduled;
        _rules = new SkipRules(graph.Plan);
        _rules.SkipByName(graph.Skipped);
        _rules.SkipByStaticConditions();
        Schedule = PlanSchedule.Of(graph.Plan, _rules, graph.Seconds.ToDictionary(pair => pair.Key.Name, pair => TimeSpan.FromSeconds(pair.Value)));
        _scheduler = new PlanScheduler(Schedule, jobs, position => graph.Plan[position].Status is ExecutionStatus.Skipped or ExecutionStatus.Failed);
        if (graph.Plan.Any(target => target.Status == ExecutionStatus.Failed && !target.Definition.Proceeds))
            _scheduler.StopAfter(PlanScheduler.BeforeAll);
        Run(cancelAt);
    }

    public IReadOnlyList<ScheduledTarget> Schedule { get; }

    public int Makespan { get; private set; }

    /// <summary>Begin and end of what was started, by position.</summary>
    public Dictionary<int, (int Begin, int End)> Spans { get; } = [];

    /// <summary>Positions in the order of their starts.</summary>
    public List<int> Starts { get; } = [];

    public IReadOnlyDictionary<string, ExecutionStatus> Statuses => _graph.Plan.ToDictionary(target => target.Name, target => target.Status);

    private void Run(int? cancelAt)
    {
        while (true)
        {
            while (_scheduler.Next() is { } position)
                Start(position);
            foreach (var resolution in _scheduler.TakeResolved())
                if (!resolution.IsLeftOut)
                    _graph.Plan[resolution.Position].Status = ExecutionStatus.NotRun;
            var ended = _running.TryPeek(out _, out var next);
            if (cancelAt is { } moment && (!ended || next.End > moment))
            {
                (Makespan, cancelAt) = (Math.Max(Makespan, moment), null);
                _scheduler.Cancel();
                continue;
            }

            if (!ended)
                break;
            _running.Dequeue();
            Makespan = next.End;
            End(next.Position);
        }

        Assert.True(_scheduler.IsDone, "Nothing runs and nothing can start, but something is open.");
    }

    private void Start(int position)
    {
        var target = _graph.Plan[position];
        Starts.Add(position);
        var seconds = 0;
        if (!_rules.SkipByDynamicConditions(target) && target.Status != ExecutionStatus.Failed)
        {
            target.Status = target.HasActions ? ExecutionStatus.Running : ExecutionStatus.Collective;
            seconds = target.HasActions ? _graph.Seconds[target] : 0;
        }

        Spans[position] = (Makespan, Makespan + seconds);
        _running.Enqueue(position, (Makespan + seconds, position));
    }

    private void End(int position)
    {
        var target = _graph.Plan[position];
        if (target.Status == ExecutionStatus.Running)
            target.Status = _graph.Failing.Contains(target) ? ExecutionStatus.Failed : ExecutionStatus.Succeeded;
        _scheduler.Complete(position, target.Status == ExecutionStatus.Failed);
    }
}
