using System.Diagnostics;
using System.Globalization;

namespace WasmWizard.Tests.BuildEngine.Scheduling;

/// <summary>Ten thousand targets are planned and scheduled with effort that grows as they do. Memory is judged, because it is the same on every machine; time is printed.</summary>
public sealed class ScaleSpecs(Xunit.Abstractions.ITestOutputHelper output)
{
    private const int Many = 10_000;

    /// <summary>Twice the targets may take a little more than twice the memory: tables grow in steps.</summary>
    private const double MostGrowth = 2.6;

    [Theory]
    [InlineData("chain")]
    [InlineData("fan")]
    public void Effort_is_linear_in_targets(string shape)
    {
        // What is loaded and compiled once is no part of the effort.
        Measure(shape, 100);
        var half = Measure(shape, Many / 2);
        var whole = Measure(shape, Many);
        Assert.True(whole <= MostGrowth * half, $"{whole} bytes for {Many} targets, {half} for half of them");
    }

    private long Measure(string shape, int count)
    {
        var targets = new List<ExecutableTarget>(count);
        for (var index = 0; index < count; index++)
        {
            var target = Graphs.Target("T" + index.ToString(CultureInfo.InvariantCulture));
            target.Definition.Executes(() => { });
            if (index > 0)
                target.ExecutionEdges.Add(shape == "chain" ? targets[index - 1] : targets[0]);
            target.Invoked = true;
            targets.Add(target);
        }

        var (before, watch) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());
        var plan = ExecutionPlanner.Plan(targets, targets);
        foreach (var target in plan)
            target.Status = ExecutionStatus.Scheduled;
        var rules = new SkipRules(plan);
        rules.SkipByStaticConditions();
        var scheduler = new PlanScheduler(PlanSchedule.Of(plan, rules, new Dictionary<string, TimeSpan>()), 2, _ => false);
        var started = 0;
        var running = new Queue<int>();
        while (!scheduler.IsDone)
        {
            while (scheduler.Next() is { } position)
            {
                running.Enqueue(position);
                started++;
            }

            if (running.TryDequeue(out var ended))
                scheduler.Complete(ended, hasFailed: false);
        }

        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{shape} of {count}: {watch.ElapsedMilliseconds} ms, {bytes / 1048576.0:0.0} MiB allocated"));
        Assert.Equal(count, started);
        return bytes;
    }

    private sealed class Several : NukeBuild
    {
        public Target One => _ => _.Executes(() => { });
        public Target Two => _ => _.DependsOn(One);
        public Target Three => _ => _.DependsOn(Two, One);
    }

    [Fact]
    public void Members_are_told_apart_in_tables_and_found_again()
    {
        var (build, identity) = (new Several(), new TargetIdentity());
        Target[] first = [build.One, build.Two, build.Three], again = [build.One, build.Two, build.Three];
        Assert.Equal(first.Select(identity.GetHashCode), again.Select(identity.GetHashCode));
        Assert.Equal(3, first.Select(identity.GetHashCode).Distinct().Count());
        Assert.All(first.Zip(again), pair => Assert.True(identity.Equals(pair.First, pair.Second)));
        Assert.False(identity.Equals(build.One, build.Two));
    }
}
