using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Benchmark;

namespace WasmWizard.Delivery.Tests.Gates.Benchmark;

public class BenchmarkGateSpecs
{
    private static readonly DateOnly Today = new(2026, 11, 25);

    [Fact]
    public void Equal_speed_passes_and_says_what_would_have_been_noticed()
    {
        var result = Judge(Compared(1.0));

        Assert.Equal(Verdict.Passed, result.Verdict);
        Assert.Matches(@"2 benchmarks, 10 pairs: none takes or allocates more than 5 % more; detectable: \d", result.Reason);
        Assert.Equal(10, result.Measurements["pairs"]);
    }

    [Fact]
    public void A_slower_benchmark_is_refused_by_name_and_number()
    {
        var result = Judge(Compared(1.15));

        Assert.Equal(Verdict.Refused, result.Verdict);
        Assert.Contains("Suite.A takes 15 % more time; at most 5 % more is tolerated", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void More_allocation_is_refused_even_at_equal_speed()
    {
        var result = Judge(Compared(1.0, bytes: 200));

        Assert.Equal(Verdict.Refused, result.Verdict);
        Assert.Contains("Suite.A allocates 200 B instead of 64 B", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(24, Verdict.Refused)]
    [InlineData(25, Verdict.Passed)]
    public void Without_a_base_a_waiver_counts_until_it_expires(int expires, Verdict expected) =>
        Assert.Equal(expected, Judge(new BenchmarkObservation.NoBase(new("first benchmarks", "ada", new(2026, 11, expires)))).Verdict);

    [Theory]
    [InlineData("{\"reason\":\"r\",\"owner\":\"o\",\"expiry\":\"2026-12-01\"}", true)]
    [InlineData("{\"reason\":\"\",\"owner\":\"o\",\"expiry\":\"2026-12-01\"}", false)]
    [InlineData("{\"reason\":\"r\",\"owner\":\"o\"}", false)]
    [InlineData("{\"reason\":\"r\",\"owner\":\"o\",\"expiry\":\"soon\"}", false)]
    [InlineData("{", false)]
    public void A_waiver_is_whole_or_none(string json, bool whole) => Assert.Equal(whole, BenchmarkWaiver.Parse(json) is not null);

    [Fact]
    public void Of_an_export_the_iterations_that_were_measured_are_read_by_type_and_method()
    {
        var measured = BenchmarkExport.Parse(Export("64", Iteration("Workload", "Warmup", 9, 1), Iteration("Overhead", "Actual", 1, 1), Iteration("Workload", "Actual", 250, 20), Iteration("Workload", "Actual", 100, 10), Iteration("Workload", "Result", 9, 1)));

        Assert.Equal(["Suite.A"], measured!.Keys);
        Assert.Equal([12.5, 10], measured["Suite.A"].Nanoseconds);
        Assert.Equal(64, measured["Suite.A"].AllocatedBytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"Benchmarks\":[]}")]
    [InlineData("{\"Benchmarks\":[{\"Type\":\"Suite\",\"Method\":\"A\"}]}")]
    [InlineData("{\"Benchmarks\":[{\"Type\":\"Suite\",\"Method\":\"A\",\"Measurements\":[],\"Memory\":{\"BytesAllocatedPerOperation\":1}}]}")]
    [InlineData("{\"Benchmarks\":[{\"Type\":\"Suite\",\"Method\":\"A\",\"Measurements\":[],\"Memory\":{\"BytesAllocatedPerOperation\":1}}")]
    public void A_torn_or_foreign_export_is_none(string json) => Assert.Null(BenchmarkExport.Parse(json));

    [Theory]
    [InlineData("0", "1", "64")]
    [InlineData("-1", "1", "64")]
    [InlineData("1e999", "1", "64")]
    [InlineData("12.5", "0", "64")]
    [InlineData("12.5", "1", "-1")]
    [InlineData("12.5", "1", "1.5")]
    public void A_measurement_that_cannot_be_is_none(string nanoseconds, string operations, string bytes) =>
        Assert.Null(BenchmarkExport.Parse(Export(bytes, Iteration("Workload", "Actual", 10, 1), $$$"""{"IterationMode":"Workload","IterationStage":"Actual","Nanoseconds":{{{nanoseconds}}},"Operations":{{{operations}}}}""")));

    [Fact]
    public void Iterations_are_compared_with_those_beside_them_so_that_a_machine_that_becomes_slower_for_a_while_changes_nothing()
    {
        double[] slowing = [100, 100, 200, 200, 200];

        var pair = BenchmarkPair.Of(new(slowing, 64), new([.. slowing.Select((time, at) => at == 3 ? time * 9 : time * 1.1)], 72));

        Assert.Equal(0.1, Math.Exp(pair.LogRatio) - 1, 6);
        Assert.Equal((200, 64, 72), (pair.Base.Nanoseconds, pair.Base.AllocatedBytes, pair.Candidate.AllocatedBytes));
    }

    [Fact]
    public void Programs_that_iterate_differently_often_are_compared_by_their_medians() =>
        Assert.Equal(0.2, Math.Exp(BenchmarkPair.Of(new([100, 100, 100], 64), new([240, 120, 120, 60, 120], 64)).LogRatio) - 1, 6);

    internal static BenchmarkObservation.Compared Compared(double ratio, long bytes = 64, int pairs = 10, double noise = 0.01)
    {
        BenchmarkPair Pair(int at, double by, long allocated) => new(new(100, 64), new(100 * by * (1 + (at % 3 - 1) * noise), allocated));
        return new(
            [new("Suite.A", [.. Enumerable.Range(1, pairs).Select(at => Pair(at, ratio, bytes))]), new("Suite.B", [.. Enumerable.Range(1, pairs).Select(at => Pair(at, 1, 64))])],
            ["Suite.A", "Suite.B"]);
    }

    internal static GateResult Judge(BenchmarkObservation observation) => BenchmarkGate.Judge(observation, 5, Today);

    private static string Export(string bytes, params string[] iterations) =>
        $$$"""{"Benchmarks":[{"Type":"Suite","Method":"A","Measurements":[{{{string.Join(',', iterations)}}}],"Memory":{"BytesAllocatedPerOperation":{{{bytes}}} } }] }""";

    private static string Iteration(string mode, string stage, int nanoseconds, int operations) =>
        $$$"""{"IterationMode":"{{{mode}}}","IterationStage":"{{{stage}}}","Nanoseconds":{{{nanoseconds}}},"Operations":{{{operations}}}}""";
}
