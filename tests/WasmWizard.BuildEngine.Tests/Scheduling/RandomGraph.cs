using System.Globalization;

namespace WasmWizard.Tests.BuildEngine.Scheduling;

/// <summary>
/// A plan made from a seed: dependencies, orders, triggers, static and dynamic conditions, failures that stop or not, assured targets, locks, durations.
/// Made again from the same seed it is the same plan in fresh objects.
/// </summary>
internal sealed class RandomGraph
{
    private readonly Random _random;

    /// <param name="seed">The same seed gives the same plan.</param>
    /// <param name="onlyGood">Everything runs and succeeds, and nothing is alone: a run whose length can be judged.</param>
    public RandomGraph(int seed, bool onlyGood = false)
    {
        _random = new Random(seed);
        var count = _random.Next(2, 30);
        var density = _random.NextDouble() * 0.4;
        var targets = Enumerable.Range(0, count).Select(index => Graphs.Target("T" + index.ToString("00", CultureInfo.InvariantCulture))).ToList();
        for (var index = 0; index < count; index++)
        {
            Describe(targets[index], onlyGood);
            for (var before = 0; before < index; before++)
                if (_random.NextDouble() < density)
                    Connect(targets[before], targets[index]);
        }

        var wanted = targets.Where(target => _random.Next(4) == 0 || target == targets[^1]).ToList();
        foreach (var target in wanted.Where(_ => _random.Next(3) > 0))
            target.Invoked = true;
        // The declared order is another one than the edges'.
        var declared = targets.OrderBy(_ => _random.Next()).ToList();
        Plan = ExecutionPlanner.Plan(declared, wanted);
        Skipped = onlyGood || _random.Next(4) > 0 ? null : [.. Plan.Where(_ => _random.Next(5) == 0)];
    }

    public IReadOnlyList<ExecutableTarget> Plan { get; }

    /// <summary>What <c>--skip</c> names.</summary>
    public IReadOnlyList<ExecutableTarget>? Skipped { get; }

    public HashSet<ExecutableTarget> Failing { get; } = [];

    public Dictionary<ExecutableTarget, int> Seconds { get; } = [];

    private void Describe(ExecutableTarget target, bool onlyGood)
    {
        var definition = target.Definition;
        Seconds[target] = _random.Next(1, 20);
        if (_random.Next(6) > 0)
            definition.Executes(() => { if (Failing.Contains(target)) throw new InvalidOperationException("fails"); });
        if (_random.Next(6) == 0)
            definition.Lock("a");
        if (_random.Next(8) == 0)
            definition.Lock("b", "c");
        if (onlyGood)
            return;
        if (_random.Next(30) == 0)
            definition.Alone();
        if (_random.Next(12) == 0)
            Failing.Add(target);
        if (_random.Next(3) == 0)
            definition.ProceedAfterFailure();
        if (_random.Next(5) == 0)
            definition.AssuredAfterFailure();
        if (_random.Next(5) == 0)
            definition.WhenSkipped(DependencyBehavior.Execute);
        if (_random.Next(10) == 0)
            definition.OnlyWhenStatic(Answer());
        if (_random.Next(5) == 0)
            definition.OnlyWhenDynamic(Answer());
    }

    private Func<bool> Answer()
    {
        var answer = _random.Next(24);
        return () => answer == 0 ? throw new InvalidOperationException("condition breaks") : answer % 2 == 0;
    }

    private void Connect(ExecutableTarget before, ExecutableTarget after)
    {
        switch (_random.Next(6))
        {
            case < 3:
                after.ExecutionEdges.Add(before);
                break;
            case 3:
                after.OrderEdges.Add(before);
                break;
            default:
                before.TriggeredTargets.Add(after);
                after.TriggerEdges.Add(before);
                break;
        }
    }
}
