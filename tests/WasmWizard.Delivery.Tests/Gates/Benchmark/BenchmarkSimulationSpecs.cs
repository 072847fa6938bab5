using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Benchmark;
using Xunit.Abstractions;

namespace WasmWizard.Delivery.Tests.Gates.Benchmark;

/// <summary>How often the gate cries wolf, and how often it sees one; seeded, printed.</summary>
[Trait("suite", "complete")]
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

    /// <summary>19 pairs of equal programs, measured while 20 other builds ran on the same two cores: readings differ by a factor of e and more.</summary>
    [Fact]
    public void Equal_programs_on_a_crowded_machine_are_refused_in_at_most_the_stated_share_of_500_draws_and_never_passed()
    {
        using var recorded = new StreamReader(typeof(BenchmarkSimulationSpecs).Assembly.GetManifestResourceStream("crowded-machine.json")!);
        var comparisons = BenchmarkRecord.Parse(recorded.ReadToEnd())!.Value.Comparisons;
        var random = new Random(Seed);

        var verdicts = Enumerable.Range(0, 500).Select(_ =>
        {
            List<BenchmarkComparison> drawn = [.. comparisons.Select(comparison => comparison with { Pairs = [.. Enumerable.Range(0, SimulatedBenchmarks.MostPairs).Select(_ => Draw(comparison.Pairs, random))] })];
            return BenchmarkGate.Judge(new BenchmarkObservation.Compared(drawn, [.. drawn.Select(comparison => comparison.Name)]), 5, default).Verdict;
        }).CountBy(verdict => verdict).ToDictionary();

        output.WriteLine($"seed {Seed}: {string.Join(", ", verdicts.Select(count => $"{count.Key} {count.Value}"))} of 500");
        Assert.InRange(verdicts.GetValueOrDefault(Verdict.Refused), 0, 25);
        Assert.Equal(0, verdicts.GetValueOrDefault(Verdict.Passed));
    }

    /// <summary>Which of two equal programs is called the base is a coin's matter.</summary>
    private static BenchmarkPair Draw(IReadOnlyList<BenchmarkPair> pairs, Random random)
    {
        var pair = pairs[random.Next(pairs.Count)];
        return random.Next(2) == 0 ? pair : new(pair.Candidate, pair.Base);
    }

    private List<Verdict> Judge(int runs, double slowdown, int margin, double noise = 0.02)
    {
        var simulated = new SimulatedBenchmarks(Seed);
        List<int> pairs = [];
        var verdicts = Enumerable.Range(0, runs).Select(_ => BenchmarkGate.Judge(Run(), margin, default).Verdict).ToList();
        output.WriteLine($"seed {Seed}, {SimulatedBenchmarks.Benchmarks} benchmarks, {pairs.Min()} to {pairs.Max()} pairs, {pairs.Average():F1} on average, noise {noise:P0}, slowdown {slowdown:P0}, margin {margin} %: "
            + string.Join(", ", verdicts.CountBy(verdict => verdict).Select(count => $"{count.Key} {count.Value}")) + $" of {runs}");
        return verdicts;

        BenchmarkObservation.Compared Run()
        {
            var run = simulated.Run(slowdown, noise, margin);
            pairs.Add(run.Comparisons[0].Pairs.Count);
            return run;
        }
    }
}
