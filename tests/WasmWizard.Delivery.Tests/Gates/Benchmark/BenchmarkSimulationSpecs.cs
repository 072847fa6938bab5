using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Benchmark;
using Xunit.Abstractions;

namespace WasmWizard.Delivery.Tests.Gates.Benchmark;

/// <summary>How often the gate cries wolf, and how often it sees one; seeded, printed.</summary>
public class BenchmarkSimulationSpecs(ITestOutputHelper output)
{
    private const int Seed = 20261125;

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    public void Equal_candidates_are_never_refused_in_500_runs(int margin)
    {
        var verdicts = Judge(runs: 500, slowdown: 0, margin);

        Assert.DoesNotContain(Verdict.Refused, verdicts);
        Assert.True(verdicts.Count(verdict => verdict == Verdict.Passed) >= 450);
    }

    [Fact]
    public void A_slowdown_of_exactly_the_margin_is_refused_in_at_most_the_stated_share_of_runs() =>
        Assert.InRange(Judge(runs: 500, slowdown: 0.05, margin: 5).Count(verdict => verdict == Verdict.Refused), 0, 25);

    [Fact]
    public void Ten_percent_more_time_are_caught_in_nine_of_ten_runs_on_master() =>
        Assert.InRange(Judge(runs: 200, slowdown: 0.10, margin: 5).Count(verdict => verdict == Verdict.Refused), 180, 200);

    [Fact]
    public void On_a_machine_too_noisy_to_tell_nothing_passes() =>
        Assert.DoesNotContain(Verdict.Passed, Judge(runs: 100, slowdown: 0, margin: 5, noise: 0.3));

    private List<Verdict> Judge(int runs, double slowdown, int margin, double noise = 0.02)
    {
        var simulated = new SimulatedBenchmarks(Seed);
        var verdicts = Enumerable.Range(0, runs).Select(_ => BenchmarkGate.Judge(simulated.Run(slowdown, noise), margin, default).Verdict).ToList();
        output.WriteLine($"seed {Seed}, {SimulatedBenchmarks.Benchmarks} benchmarks, {SimulatedBenchmarks.PairsOfOne} pairs, noise {noise:P0}, slowdown {slowdown:P0}, margin {margin} %: "
            + string.Join(", ", verdicts.CountBy(verdict => verdict).Select(count => $"{count.Key} {count.Value}")) + $" of {runs}");
        return verdicts;
    }
}
