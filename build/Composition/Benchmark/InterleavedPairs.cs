using WasmWizard.Delivery.Gates.Benchmark;

/// <summary>Runs two programs in turns, base first in one pair and second in the next, so that what the machine does meanwhile favours neither.</summary>
/// <param name="first">The base.</param>
/// <param name="second">The candidate.</param>
/// <param name="folder">For the exports.</param>
/// <param name="time">The budget is judged against it.</param>
public sealed class InterleavedPairs(BenchmarkProgram first, BenchmarkProgram second, AbsolutePath folder, TimeProvider time)
{
    /// <summary>With the noise of shared machines, 2 % from run to run, these show 10 % in nine of ten runs.</summary>
    public const int Wanted = 16;

    /// <param name="until">No pair is begun that would not end before this much time has passed.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<BenchmarkObservation.Compared> Measure(TimeSpan until, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var longest = TimeSpan.Zero;
        List<(IReadOnlyDictionary<string, BenchmarkReading> Base, IReadOnlyDictionary<string, BenchmarkReading> Candidate)> pairs = [];
        while (pairs.Count < Wanted && time.GetElapsedTime(started) + longest < until)
        {
            var began = time.GetTimestamp();
            pairs.Add(await Pair(baseFirst: pairs.Count % 2 == 0, cancellation));
            longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, time.GetElapsedTime(began).Ticks));
            Log.Debug("Pair {Number} of {Wanted}", pairs.Count, Wanted);
        }

        return BenchmarkObservation.Compared.Of(pairs);
    }

    private async Task<(IReadOnlyDictionary<string, BenchmarkReading> Base, IReadOnlyDictionary<string, BenchmarkReading> Candidate)> Pair(bool baseFirst, CancellationToken cancellation)
    {
        if (baseFirst)
            return (await first.Measure(folder / "base.json", smoke: false, cancellation), await second.Measure(folder / "candidate.json", smoke: false, cancellation));
        var candidate = await second.Measure(folder / "candidate.json", smoke: false, cancellation);
        return (await first.Measure(folder / "base.json", smoke: false, cancellation), candidate);
    }
}
