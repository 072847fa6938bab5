using System.Diagnostics;
using System.Globalization;

namespace WasmWizard.Delivery.Gates.Benchmark;

/// <summary>What the measuring came to.</summary>
public abstract record BenchmarkObservation
{
    private BenchmarkObservation()
    {
    }

    /// <param name="Comparisons">One per benchmark that base and candidate have.</param>
    /// <param name="Expected">Names of the candidate's benchmarks that the base has as well; each must have been compared.</param>
    public sealed record Compared(IReadOnlyList<BenchmarkComparison> Comparisons, IReadOnlyList<string> Expected) : BenchmarkObservation
    {
        /// <summary>A benchmark counts as compared when no run left it out.</summary>
        /// <param name="pairs">What base and candidate measured, in the order in which they ran.</param>
        public static Compared Of(IReadOnlyList<(IReadOnlyDictionary<string, BenchmarkMeasurement> Base, IReadOnlyDictionary<string, BenchmarkMeasurement> Candidate)> pairs)
        {
            var expected = pairs.SelectMany(pair => pair.Candidate.Keys).Intersect(pairs.SelectMany(pair => pair.Base.Keys)).Order(StringComparer.Ordinal).ToList();
            return new(
                [.. expected.Where(name => pairs.All(pair => pair.Base.ContainsKey(name) && pair.Candidate.ContainsKey(name)))
                    .Select(name => new BenchmarkComparison(name, [.. pairs.Select(pair => BenchmarkPair.Of(pair.Base[name], pair.Candidate[name]))]))],
                expected);
        }
    }

    /// <summary>Only whether the benchmarks run at all.</summary>
    /// <param name="Benchmarks">How many ran.</param>
    public sealed record Smoke(int Benchmarks) : BenchmarkObservation;

    /// <summary>There is no commit before, or its benchmarks are none or do not take turns.</summary>
    public sealed record NoBase(BenchmarkWaiver? Waiver) : BenchmarkObservation;

    public sealed record Failed(string Reason, string Fix) : BenchmarkObservation;
}

/// <summary>Judges a candidate's speed and allocations against the base commit's, measured in interleaved pairs on one machine.</summary>
public static class BenchmarkGate
{
    /// <summary>The whole suite refuses a candidate that is within the margin with at most this probability.</summary>
    public const double ErrorRate = 0.05;

    /// <summary>The injected slowdown that the same data must refuse, or they could not have refused anything.</summary>
    public const double Injected = 0.15;

    private const string Again = "./build.sh Benchmark";

    /// <param name="observation">What was measured.</param>
    /// <param name="marginPercent">Slowdown and allocation that the branch tolerates.</param>
    /// <param name="today">Waivers are judged against it.</param>
    public static GateResult Judge(BenchmarkObservation observation, decimal marginPercent, DateOnly today) => observation switch
    {
        BenchmarkObservation.Failed failed => new(Verdict.Errored, failed.Reason, failed.Fix),
        BenchmarkObservation.Smoke smoke => Smoke(smoke.Benchmarks),
        BenchmarkObservation.NoBase { Waiver: null } => new(Verdict.Inconclusive, "the base has no benchmarks that take turns with the candidate's, and no waiver says why", $"write {BenchmarkWaiver.Path} with reason, owner and expiry"),
        BenchmarkObservation.NoBase { Waiver: { } waiver } when waiver.Expiry < today => new(Verdict.Refused, $"no base to compare with: {waiver.Reason}; that waiver of {waiver.Owner}'s expired on {Day(waiver.Expiry)}", "take benchmarks into the base branch, or have the waiver renewed"),
        BenchmarkObservation.NoBase { Waiver: { } waiver } => new(Verdict.Passed, $"no base to compare with, waived by {waiver.Owner} until {Day(waiver.Expiry)}: {waiver.Reason}"),
        BenchmarkObservation.Compared compared => Compare(compared, (double)marginPercent / 100),
        _ => throw new UnreachableException(),
    };

    private static GateResult Smoke(int benchmarks) => benchmarks == 0
        ? new(Verdict.Inconclusive, "no benchmark ran", Again)
        : new(Verdict.Passed, $"{benchmarks} benchmarks run; nothing was compared (smoke run)");

    private static GateResult Compare(BenchmarkObservation.Compared compared, double margin)
    {
        var missing = compared.Expected.Except(compared.Comparisons.Select(comparison => comparison.Name)).ToList();
        if (compared.Comparisons.Count == 0)
            return new(Verdict.Inconclusive, "base and candidate have no benchmark in common", "name benchmarks as the base does");
        if (missing.Count > 0)
            return new(Verdict.Inconclusive, $"not measured: {string.Join(", ", missing)}", Again);
        if (compared.Comparisons.MinBy(comparison => comparison.Pairs.Count) is { } least && least.Pairs.Count < SignedRank.FewestPairs)
            return new(Verdict.Inconclusive, $"{least.Name} has {least.Pairs.Count} pairs, {SignedRank.FewestPairs} are the fewest that can show anything", "run it on an idle machine");
        return Answer(compared.Comparisons, margin) with { Measurements = Measurements(compared.Comparisons, margin) };
    }

    private static GateResult Answer(IReadOnlyList<BenchmarkComparison> comparisons, double margin)
    {
        var slow = Slower(comparisons, margin);
        var greedy = comparisons.Where(comparison => comparison.AllocatesBeyond(margin)).ToList();
        if (slow.Count + greedy.Count > 0)
            return new(
                Verdict.Refused,
                string.Join("; ", slow.Select(comparison => $"{comparison.Name} takes {Percent(comparison.Change)} more time").Concat(greedy.Select(comparison => $"{comparison.Name} allocates {comparison.CandidateBytes} B instead of {comparison.BaseBytes} B")))
                    + $"; at most {Percent(margin)} more is tolerated",
                "profile what the reason names: dotnet run -c Release --project benchmarks/WasmWizard.Benchmarks");
        var blind = Blind(comparisons, margin);
        var worst = comparisons.MaxBy(comparison => comparison.DetectableChange(margin))!;
        return blind.Count > 0
            ? new(Verdict.Inconclusive, $"too noisy: {Percent(Injected)} more time, injected into {blind[0].Name}, is not told from noise; detectable there: {Percent(blind[0].DetectableChange(margin))}", "run it on an idle machine")
            : new(Verdict.Passed, $"{comparisons.Count} benchmarks, {comparisons[0].Pairs.Count} pairs: none takes or allocates more than {Percent(margin)} more; detectable: {Percent(worst.DetectableChange(margin))} ({worst.Name})");
    }

    /// <summary>The benchmarks whose slowdown beyond the margin is no chance.</summary>
    public static IReadOnlyList<BenchmarkComparison> Slower(IReadOnlyList<BenchmarkComparison> comparisons, double margin)
    {
        var adjusted = Holm.Adjust(PValues(comparisons, margin));
        return [.. comparisons.Where((_, at) => adjusted[at] <= ErrorRate)];
    }

    /// <summary>The self-test: each benchmark in turn is made slower in the measured data, and the same judgement must notice.</summary>
    private static List<BenchmarkComparison> Blind(IReadOnlyList<BenchmarkComparison> comparisons, double margin)
    {
        var measured = PValues(comparisons, margin);
        return [.. comparisons.Where((comparison, at) =>
        {
            double[] injected = [.. measured];
            injected[at] = Slowed(comparison).PValue(margin);
            return Holm.Adjust(injected)[at] > ErrorRate;
        })];
    }

    private static double[] PValues(IReadOnlyList<BenchmarkComparison> comparisons, double margin) => [.. comparisons.Select(comparison => comparison.PValue(margin))];

    /// <summary>As if the candidate had the base's speed and then the slowdown on top: what noise the pairs have stays in.</summary>
    private static BenchmarkComparison Slowed(BenchmarkComparison comparison) => comparison with
    {
        Pairs = [.. comparison.Pairs.Select(pair => pair with { Candidate = pair.Candidate with { Nanoseconds = pair.Candidate.Nanoseconds / (1 + comparison.Change) * (1 + Injected) } })],
    };

    private static Dictionary<string, decimal> Measurements(IReadOnlyList<BenchmarkComparison> comparisons, double margin)
    {
        var measurements = new Dictionary<string, decimal>
        {
            ["pairs"] = comparisons.Min(comparison => comparison.Pairs.Count),
            ["detectablePercent"] = Rounded(comparisons.Max(comparison => comparison.DetectableChange(margin))),
        };
        foreach (var comparison in comparisons)
        {
            measurements[$"{comparison.Name}.changePercent"] = Rounded(comparison.Change);
            measurements[$"{comparison.Name}.allocatedBytes"] = comparison.CandidateBytes;
        }

        return measurements;
    }

    private static decimal Rounded(double change) => Math.Round((decimal)Math.Min(change, 1e6) * 100, 2);

    private static string Percent(double change) => $"{(change * 100).ToString("0.#", CultureInfo.InvariantCulture)} %";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
