using WasmWizard.Delivery.Gates.Benchmark;

namespace WasmWizard.Delivery.Tests.Gates.Benchmark;

/// <summary>Against values that can be counted by hand or looked up.</summary>
public class StatisticsSpecs
{
    [Theory]
    [InlineData(new double[] { }, 1)]
    [InlineData(new double[] { 0, 0 }, 1)]
    [InlineData(new double[] { 1 }, 1 / 2.0)]
    [InlineData(new double[] { 1, 2, 3, 4, 5 }, 1 / 32.0)]
    [InlineData(new double[] { -1, 2, 3, 4, 5 }, 2 / 32.0)]
    [InlineData(new double[] { 1, -2, 3, 4, 5 }, 3 / 32.0)]
    [InlineData(new double[] { 1, 2, -3, 4, 5 }, 5 / 32.0)]
    [InlineData(new double[] { -1, -2, -3 }, 1)]
    [InlineData(new double[] { 1, 1, -1 }, 4 / 8.0)]
    [InlineData(new double[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 }, 1 / 1024.0)]
    public void The_signed_rank_probability_is_exact(double[] differences, double expected) =>
        Assert.Equal(expected, SignedRank.PValueAbove(differences), 12);

    [Fact]
    public void The_tabled_critical_value_of_ten_pairs_is_met()
    {
        // Tables give a rank sum of 10 for the smaller side as the greatest with a one-sided probability of at most 5 % (43 of 1024).
        double[] tenOnTheNegativeSide = [1, 2, 3, 4, 5, 6, 7, 8, 9, -10];

        Assert.Equal(43 / 1024.0, SignedRank.PValueAbove(tenOnTheNegativeSide), 12);
    }

    [Fact]
    public void Holm_multiplies_step_by_step_and_never_lets_a_greater_p_value_overtake()
    {
        Assert.Equal([0.03, 0.06, 0.06], Holm.Adjust([0.01, 0.04, 0.03]).Select(p => Math.Round(p, 12)));
        Assert.Equal([1, 1], Holm.Adjust([0.9, 0.8]));
        Assert.Empty(Holm.Adjust([]));
    }

    [Fact]
    public void Changes_and_allocations_are_medians()
    {
        var comparison = new BenchmarkComparison("B", [new(new(100, 10), new(110, 10)), new(new(100, 10), new(105, 99)), new(new(100, 10), new(300, 10))]);

        Assert.Equal((0.1, 10), (Math.Round(comparison.Change, 9), comparison.CandidateBytes));
        Assert.False(comparison.AllocatesBeyond(0.05));
    }

    [Theory]
    [InlineData(0, 16, false)]
    [InlineData(0, 17, true)]
    [InlineData(1000, 1050, false)]
    [InlineData(1000, 1051, true)]
    [InlineData(100, 116, false)]
    public void Allocations_have_the_margin_and_what_the_runtime_does_beside(long before, long after, bool beyond) =>
        Assert.Equal(beyond, new BenchmarkComparison("B", [new(new(1, before), new(1, after))]).AllocatesBeyond(0.05));
}
