using WasmWizard.Delivery.Gates.Benchmark;

/// <summary>
/// Runs two programs at the same time, on one core and in turns: an iteration of one, an iteration of the other. What the machine does meanwhile befalls both. The base begins in one pair, the
/// candidate in the next, each in a fresh process: where a process happens to put code and data makes some benchmarks faster or slower for as long as it lives.
/// </summary>
/// <param name="first">The base.</param>
/// <param name="second">The candidate.</param>
/// <param name="names">What both can measure.</param>
/// <param name="folder">For the exports.</param>
/// <param name="time">The budget is judged against it.</param>
public sealed class InterleavedPairs(BenchmarkProgram first, BenchmarkProgram second, IReadOnlyList<string> names, AbsolutePath folder, TimeProvider time)
{
    /// <summary>With 2 % from process to process these show 10 % in nine of ten runs.</summary>
    public const int Wanted = 16;

    /// <param name="until">No pair is begun that would not end before this much time has passed.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<BenchmarkObservation.Compared> Measure(TimeSpan until, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var longest = TimeSpan.Zero;
        List<(IReadOnlyDictionary<string, BenchmarkMeasurement> Base, IReadOnlyDictionary<string, BenchmarkMeasurement> Candidate)> pairs = [];
        while (pairs.Count < Wanted && time.GetElapsedTime(started) + longest < until)
        {
            var began = time.GetTimestamp();
            pairs.Add(await Pair(baseFirst: pairs.Count % 2 == 0, cancellation));
            longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, time.GetElapsedTime(began).Ticks));
            Log.Debug("Pair {Number} of {Wanted}", pairs.Count, Wanted);
        }

        return BenchmarkObservation.Compared.Of(pairs);
    }

    private async Task<(IReadOnlyDictionary<string, BenchmarkMeasurement> Base, IReadOnlyDictionary<string, BenchmarkMeasurement> Candidate)> Pair(bool baseFirst, CancellationToken cancellation)
    {
        using var original = first.Start(names, folder / "base.json");
        using var candidate = second.Start(names, folder / "candidate.json");
        await Turns.Alternate(baseFirst ? [original, candidate] : [candidate, original], cancellation);
        return (await original.End(cancellation), await candidate.End(cancellation));
    }
}
