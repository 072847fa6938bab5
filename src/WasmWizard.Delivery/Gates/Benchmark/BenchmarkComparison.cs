namespace WasmWizard.Delivery.Gates.Benchmark;

/// <summary>What a pair says of one of its two programs.</summary>
/// <param name="Nanoseconds">Time of one operation.</param>
/// <param name="AllocatedBytes">Of one operation, on the managed heap.</param>
public readonly record struct BenchmarkReading(double Nanoseconds, long AllocatedBytes);

/// <summary>One benchmark in one process.</summary>
/// <param name="Nanoseconds">Time of one operation, of each iteration in the order in which they ran.</param>
/// <param name="AllocatedBytes">Of one operation, on the managed heap.</param>
public sealed record BenchmarkMeasurement(IReadOnlyList<double> Nanoseconds, long AllocatedBytes);

/// <summary>Base and candidate, run at the same time and in turns.</summary>
public readonly record struct BenchmarkPair(BenchmarkReading Base, BenchmarkReading Candidate)
{
    public double LogRatio => Math.Log(Candidate.Nanoseconds / Base.Nanoseconds);

    /// <summary>
    /// Iterations that ran one after the other found the machine equally fast, so it is their ratios that count: the candidate's time is the base's median, multiplied by the median
    /// of the ratios. Where one program does other numbers of iterations than the other, nothing ran side by side, and the medians have to do.
    /// </summary>
    public static BenchmarkPair Of(BenchmarkMeasurement original, BenchmarkMeasurement candidate)
    {
        var based = BenchmarkComparison.Median([.. original.Nanoseconds]);
        var taken = original.Nanoseconds.Count == candidate.Nanoseconds.Count
            ? based * BenchmarkComparison.Median([.. candidate.Nanoseconds.Zip(original.Nanoseconds, (second, first) => second / first)])
            : BenchmarkComparison.Median([.. candidate.Nanoseconds]);
        return new(new(based, original.AllocatedBytes), new(taken, candidate.AllocatedBytes));
    }
}

/// <summary>All pairs of one benchmark, and what they say.</summary>
/// <param name="Name">Type and method.</param>
/// <param name="Pairs">In the order in which they ran.</param>
public sealed record BenchmarkComparison(string Name, IReadOnlyList<BenchmarkPair> Pairs)
{
    // Quantiles of the normal distribution for an error rate of 5 % and a power of 80 %, and the test's efficiency beside the t-test (3/pi).
    private const double NormalQuantiles = 1.645 + 0.842;
    private const double Efficiency = 3 / Math.PI;

    /// <summary>Allocations are exact but for what the runtime does in the background.</summary>
    private const long AllocationNoiseBytes = 16;

    /// <summary>Median of the relative change, e.g. 0.07 for 7 % slower.</summary>
    public double Change => Math.Exp(Median([.. Pairs.Select(pair => pair.LogRatio)])) - 1;

    public long BaseBytes => (long)Median([.. Pairs.Select(pair => (double)pair.Base.AllocatedBytes)]);

    public long CandidateBytes => (long)Median([.. Pairs.Select(pair => (double)pair.Candidate.AllocatedBytes)]);

    /// <summary>Probability of such pairs when the candidate is not slower than the margin allows.</summary>
    public double PValue(double margin) => SignedRank.PValueAbove(Pairs.Select(pair => pair.LogRatio - Math.Log(1 + margin)));

    public bool AllocatesBeyond(double margin) => CandidateBytes > Math.Max(BaseBytes * (1 + margin), BaseBytes + AllocationNoiseBytes);

    /// <summary>
    /// The smallest slowdown that these pairs would have shown in four of five runs, e.g. 0.08 for 8 %: the margin and what the noise hides.
    /// </summary>
    public double DetectableChange(double margin)
    {
        var logs = Pairs.Select(pair => pair.LogRatio).ToArray();
        // The spread by the median of absolute deviations: one pair that the machine disturbed does not make the others useless.
        var center = Median(logs);
        var spread = 1.4826 * Median([.. logs.Select(log => Math.Abs(log - center))]);
        return (1 + margin) * Math.Exp(NormalQuantiles * spread / Math.Sqrt(logs.Length * Efficiency)) - 1;
    }

    internal static double Median(double[] values)
    {
        Array.Sort(values);
        return values.Length % 2 == 1 ? values[values.Length / 2] : (values[values.Length / 2 - 1] + values[values.Length / 2]) / 2;
    }
}
