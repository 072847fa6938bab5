using WasmWizard.Delivery.Gates.Benchmark;

namespace WasmWizard.Delivery.Tests.Gates.Benchmark;

/// <summary>Readings as a shared machine gives them: slow drift that both of a pair feel, noise of each run, and one in 200 that the machine disturbed by 30 %.</summary>
internal sealed class SimulatedBenchmarks(int seed)
{
    public const int Benchmarks = 6;
    public const int MostPairs = 16;

    private readonly Random _random = new(seed);

    /// <summary>As many pairs as the gate would measure.</summary>
    /// <param name="slowdown">Of the first benchmark's candidate; 0 for an A/A run.</param>
    /// <param name="noise">Standard deviation of one reading's logarithm.</param>
    /// <param name="margin">Percent; null for all pairs.</param>
    public BenchmarkObservation.Compared Run(double slowdown, double noise = 0.02, int? margin = null)
    {
        BenchmarkComparison[] all = [.. Enumerable.Range(0, Benchmarks).Select(at => new BenchmarkComparison($"Suite.B{at}", [.. Enumerable.Range(0, MostPairs).Select(_ => Pair(at == 0 ? slowdown : 0, noise))]))];
        return margin is { } percent
            ? Enumerable.Range(BenchmarkGate.FewestPairs, MostPairs - BenchmarkGate.FewestPairs).Select(pairs => First(all, pairs)).FirstOrDefault(run => BenchmarkGate.IsEnough(run, percent)) ?? First(all, MostPairs)
            : First(all, MostPairs);
    }

    private static BenchmarkObservation.Compared First(BenchmarkComparison[] all, int pairs) =>
        new([.. all.Select(comparison => comparison with { Pairs = [.. comparison.Pairs.Take(pairs)] })], [.. all.Select(comparison => comparison.Name)]);

    private BenchmarkPair Pair(double slowdown, double noise)
    {
        var drift = 1000 * Math.Exp(0.2 * Normal());
        return new(new(drift * Noise(noise), 64), new(drift * Noise(noise) * (1 + slowdown), 64));
    }

    private double Noise(double noise) => Math.Exp(noise * Normal()) * (_random.NextDouble() < 0.005 ? 1.3 : 1);

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
