using System.Globalization;

namespace WasmWizard.Tests.BuildEngine.Scheduling;

/// <summary>What runs at once, in simulated time: 1,000 seeded graphs (WASM_WIZARD_GRAPHS gives another number) against the serial oracle.</summary>
public sealed class SchedulerSpecs(Xunit.Abstractions.ITestOutputHelper output)
{
    private static int Graphs => int.Parse(System.Environment.GetEnvironmentVariable("WASM_WIZARD_GRAPHS") ?? "1000", CultureInfo.InvariantCulture);

    private static int JobsOf(int seed) => (seed % 7) + 2;

    [Fact]
    public void What_the_serial_run_runs_is_run_and_ends_the_same()
    {
        for (var seed = 0; seed < Graphs; seed++)
        {
            var serial = SerialOracle.Run(new RandomGraph(seed));
            var graph = new RandomGraph(seed);
            var run = new SimulatedRun(graph, JobsOf(seed));
            var parallel = run.Statuses;
            for (var position = 0; position < graph.Plan.Count; position++)
            {
                var name = graph.Plan[position].Name;
                if (serial[name] == parallel[name])
                    continue;
                Assert.True(serial[name] == ExecutionStatus.NotRun, $"seed {seed}, {name}: serial {serial[name]}, parallel {parallel[name]}");
                AssertWasEarly(seed, graph, run, position);
            }

            Assert.Equal(FirstFailure(graph.Plan, serial), FirstFailure(graph.Plan, parallel));
        }
    }

    [Fact]
    public void One_job_keeps_to_the_plan()
    {
        for (var seed = 0; seed < Graphs; seed++)
        {
            var serial = SerialOracle.Run(new RandomGraph(seed));
            var run = new SimulatedRun(new RandomGraph(seed), 1);
            Assert.Equal(serial, run.Statuses);
            Assert.Equal(run.Starts.Order(), run.Starts);
        }
    }

    [Fact]
    public void Orders_locks_alone_and_the_number_of_jobs_hold_at_every_moment()
    {
        for (var seed = 0; seed < Graphs; seed++)
        {
            var graph = new RandomGraph(seed);
            var run = new SimulatedRun(graph, JobsOf(seed));
            foreach (var (position, span) in run.Spans)
            {
                Assert.All(run.Schedule[position].After.Where(run.Spans.ContainsKey), before => Assert.True(run.Spans[before].End <= span.Begin, $"seed {seed}: {position} before {before} ended"));
                var beside = run.Spans.Where(other => other.Key != position && other.Value.Begin < span.End && span.Begin < other.Value.End).Select(other => other.Key).ToList();
                Assert.True(run.Spans.Count(other => other.Value.Begin <= span.Begin && span.Begin < other.Value.End) <= JobsOf(seed), $"seed {seed}: too many at {span.Begin}");
                Assert.True(!graph.Plan[position].Definition.IsAlone || beside.Count == 0, $"seed {seed}: {position} is not alone");
                Assert.DoesNotContain(beside, other => graph.Plan[other].Definition.Locks.Intersect(graph.Plan[position].Definition.Locks).Any());
            }
        }
    }

    [Fact]
    public void After_a_cancellation_nothing_but_assured_targets_starts_and_those_once_and_after_what_ran()
    {
        for (var seed = 0; seed < Graphs; seed++)
        {
            var graph = new RandomGraph(seed);
            var moment = seed % 25;
            var run = new SimulatedRun(graph, JobsOf(seed), moment);
            Assert.Equal(run.Starts.Distinct(), run.Starts);
            var ranThen = run.Spans.Values.Where(span => span.Begin <= moment && span.End > moment).Select(span => span.End).DefaultIfEmpty(moment).Max();
            // At the very moment starts come before the cancellation.
            foreach (var (position, span) in run.Spans.Where(pair => pair.Value.Begin > moment))
            {
                Assert.True(graph.Plan[position].Definition.IsAssured, $"seed {seed}: {position} started at {span.Begin} after {moment}");
                Assert.True(span.Begin >= ranThen, $"seed {seed}: {position} started at {span.Begin} before {ranThen}");
            }

            Assert.All(graph.Plan.Where(target => target.Definition.IsAssured), target => Assert.NotEqual(ExecutionStatus.NotRun, target.Status));
        }
    }

    /// <summary>
    /// Graham's guarantee for list scheduling, work / jobs + (1 - 1 / jobs) x longest path, where everything that shares a lock counts as a path.
    /// Beside it the lower bound that no schedule can beat, for the record.
    /// </summary>
    [Fact]
    public void Runs_are_as_short_as_list_scheduling_promises()
    {
        var within = 0;
        var overBest = new List<double>();
        for (var seed = 0; seed < Graphs; seed++)
        {
            var graph = new RandomGraph(seed, onlyGood: true);
            var jobs = JobsOf(seed);
            var run = new SimulatedRun(graph, jobs);
            var seconds = graph.Plan.Select(target => target.HasActions ? graph.Seconds[target] : 0).ToList();
            var path = Math.Max(LongestPath(run.Schedule, seconds), LongestLock(graph, seconds));
            var work = (double)seconds.Sum() / jobs;
            var bound = work + ((1 - (1.0 / jobs)) * path);
            if (run.Makespan <= 1.1 * bound)
                within++;
            overBest.Add(run.Makespan / Math.Max(1, Math.Max(path, work)));
        }

        overBest.Sort();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"graphs={Graphs} within={within} median_over_lower_bound={overBest[Graphs / 2]:0.000} p99={overBest[Graphs * 99 / 100]:0.000}"));
        Assert.True(within >= 0.99 * Graphs, $"{within} of {Graphs}");
        Assert.True(overBest[Graphs / 2] <= 1.1, $"median {overBest[Graphs / 2]}");
    }

    [Fact]
    public void The_longest_remaining_path_starts_first()
    {
        // 0 alone is long; 1 -> 2 is longer together; 3 is short.
        var targets = new[] { (Array.Empty<int>(), 5), ([], 3), ([1], 4), ([], 1) }
            .Select(pair => new ScheduledTarget(pair.Item1) { Estimate = TimeSpan.FromSeconds(pair.Item2) }).ToList();
        var scheduler = new PlanScheduler(targets, 2, _ => false);
        Assert.Equal([1, 0, null], new[] { scheduler.Next(), scheduler.Next(), scheduler.Next() });
        scheduler.Complete(1, hasFailed: false);
        Assert.Equal(2, scheduler.Next());
    }

    private static void AssertWasEarly(int seed, RandomGraph graph, SimulatedRun run, int position)
    {
        if (graph.Plan[position].Status == ExecutionStatus.Skipped && !run.Spans.ContainsKey(position))
            return;
        var start = run.Spans[position].Begin;
        var known = run.Spans.Where(pair => pair.Key < position && graph.Plan[pair.Key].Status == ExecutionStatus.Failed && !graph.Plan[pair.Key].Definition.Proceeds).Min(pair => pair.Value.End);
        Assert.True(start <= known, $"seed {seed}: {position} started at {start}, the failure was known at {known}");
    }

    private static string? FirstFailure(IReadOnlyList<ExecutableTarget> plan, IReadOnlyDictionary<string, ExecutionStatus> statuses) =>
        plan.FirstOrDefault(target => statuses[target.Name] == ExecutionStatus.Failed && !target.Definition.Proceeds)?.Name;

    private static int LongestPath(IReadOnlyList<ScheduledTarget> schedule, List<int> seconds)
    {
        var ends = new int[schedule.Count];
        for (var position = 0; position < schedule.Count; position++)
            ends[position] = seconds[position] + schedule[position].After.Select(before => ends[before]).DefaultIfEmpty().Max();
        return ends.DefaultIfEmpty().Max();
    }

    private static int LongestLock(RandomGraph graph, List<int> seconds) => new[] { "a", "b" }
        .Max(name => graph.Plan.Select((target, position) => target.Definition.Locks.Contains(name) ? seconds[position] : 0).Sum());
}
