using System.Text.Json;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Benchmark;

namespace WasmWizard.Delivery.Tests.Gates.Benchmark;

public class BenchmarkRecordSpecs
{
    [Fact]
    public void A_benchmark_that_one_run_left_out_is_expected_and_not_compared()
    {
        var compared = BenchmarkObservation.Compared.Of([(Run("A", "B", "OnlyBase"), Run("A", "B", "OnlyCandidate")), (Run("A", "B"), Run("A"))]);

        Assert.Equal(["A", "B"], compared.Expected);
        Assert.Equal(("A", 2), compared.Comparisons.Select(comparison => (comparison.Name, comparison.Pairs.Count)).Single());
        Assert.Contains("not measured: B", BenchmarkGate.Judge(compared, 5, default).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_record_survives_the_file()
    {
        var compared = new SimulatedBenchmarks(seed: 7).Run(slowdown: 0.1);

        var (margin, comparisons) = BenchmarkRecord.Parse(BenchmarkRecord.Write(compared, 5))!.Value;

        Assert.Equal(5, margin);
        Assert.Equal(compared.Comparisons.Select(comparison => comparison.Name), comparisons.Select(comparison => comparison.Name));
        Assert.All(compared.Comparisons.Zip(comparisons), both => Assert.Equal(both.First.Pairs, both.Second.Pairs));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"marginPercent\":5}")]
    [InlineData("{\"marginPercent\":5,\"benchmarks\":[{\"name\":\"A\",\"changePercent\":1,\"detectablePercent\":1,\"pairs\":[]}]}")]
    [InlineData("{\"marginPercent\":5,\"benchmarks\":[{\"name\":\"A\",\"changePercent\":1,\"detectablePercent\":1,\"pairs\":[{\"base\":{\"nanoseconds\":1}}]}]}")]
    public void A_torn_record_is_none(string json) => Assert.Null(BenchmarkRecord.Parse(json));

    [Fact]
    public void Trials_tell_how_often_the_gate_refused_and_for_what()
    {
        var simulated = new SimulatedBenchmarks(seed: 7);
        var equal = Enumerable.Range(0, 20).Select(_ => BenchmarkTrial.Of(simulated.Run(slowdown: 0), 5)).ToList();
        var slowed = Enumerable.Range(0, 20).Select(_ => BenchmarkTrial.Of(simulated.Run(slowdown: 0.15), 5)).ToList();

        Assert.StartsWith("20 comparisons with itself: 0 refused for time, 0 refused at all, ", BenchmarkTrial.Summary(equal, 0), StringComparison.Ordinal);
        Assert.StartsWith("20 comparisons with itself made 15 % slower: 20 refused for time, 20 refused at all, 0 inconclusive", BenchmarkTrial.Summary(slowed, 15), StringComparison.Ordinal);
        using var document = JsonDocument.Parse(BenchmarkRecord.WriteTrials(slowed, 15, 5));
        Assert.Equal((20, 20, 15), (document.RootElement.GetProperty("trials").GetInt32(), document.RootElement.GetProperty("slower").GetInt32(), document.RootElement.GetProperty("slowdownPercent").GetInt32()));
    }

    [Fact]
    public void Greed_alone_is_a_refusal_but_not_for_time()
    {
        var pairs = Enumerable.Range(0, 10).Select(_ => new BenchmarkPair(new(100, 64), new(100, 640))).ToList();

        var trial = BenchmarkTrial.Of(new([new("A", pairs)], ["A"]), 5);

        Assert.Equal((Verdict.Refused, false), (trial.Result.Verdict, trial.IsSlower));
    }

    private static Dictionary<string, BenchmarkMeasurement> Run(params string[] names) => names.ToDictionary(name => name, _ => new BenchmarkMeasurement([100], 64));
}
