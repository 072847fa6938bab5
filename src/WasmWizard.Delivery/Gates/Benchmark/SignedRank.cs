namespace WasmWizard.Delivery.Gates.Benchmark;

/// <summary>
/// Wilcoxon's signed-rank test, one-sided and exact: how probable so high a rank sum is when the median is not above zero. No normality is
/// asked of the differences, only that they would be symmetric.
/// </summary>
public static class SignedRank
{
    /// <summary>Below this many differences no answer can be small enough.</summary>
    public const int FewestPairs = 6;

    /// <summary>Probability, under a median of zero, of a sum of positive ranks at least as high as the observed one; 1 for no data.</summary>
    /// <param name="differences">Zeros are left out, ties share the mean of their ranks.</param>
    public static double PValueAbove(IEnumerable<double> differences)
    {
        var sorted = differences.Where(difference => difference != 0).OrderBy(Math.Abs).ToArray();
        var ranks = DoubledRanks(sorted);
        var observed = sorted.Zip(ranks).Where(pair => pair.First > 0).Sum(pair => pair.Second);
        var ways = Ways(ranks);
        return ways[observed..].Sum() / Math.Pow(2, sorted.Length);
    }

    /// <summary>Twice the ranks, so that the mean of two ranks is a whole number.</summary>
    private static int[] DoubledRanks(double[] sorted)
    {
        var ranks = new int[sorted.Length];
        for (var first = 0; first < sorted.Length;)
        {
            var last = first;
            while (last + 1 < sorted.Length && Math.Abs(sorted[last + 1]) == Math.Abs(sorted[first]))
                last++;
            for (var at = first; at <= last; at++)
                ranks[at] = first + last + 2;
            first = last + 1;
        }

        return ranks;
    }

    /// <summary>In how many of the sign patterns the doubled ranks of the positive ones add up to each sum.</summary>
    private static double[] Ways(int[] ranks)
    {
        var ways = new double[ranks.Sum() + 1];
        ways[0] = 1;
        foreach (var rank in ranks)
            for (var sum = ways.Length - 1; sum >= rank; sum--)
                ways[sum] += ways[sum - rank];
        return ways;
    }
}
