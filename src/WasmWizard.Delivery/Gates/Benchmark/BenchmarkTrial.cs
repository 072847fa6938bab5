namespace WasmWizard.Delivery.Gates.Benchmark;

/// <summary>One comparison of a candidate with itself, or with itself made slower: a measurement of the gate.</summary>
/// <param name="Result">What the gate says to it.</param>
/// <param name="IsSlower">Whether it refuses for the time alone, whatever the allocations are.</param>
public sealed record BenchmarkTrial(GateResult Result, bool IsSlower)
{
    public static BenchmarkTrial Of(BenchmarkObservation.Compared compared, decimal marginPercent) => new(
        BenchmarkGate.Judge(compared, marginPercent, default),
        BenchmarkGate.Slower(compared.Comparisons, (double)marginPercent / 100).Count > 0);

    /// <summary>The false-alarm rate, or with a slowdown the rate at which it is caught.</summary>
    public static string Summary(IReadOnlyCollection<BenchmarkTrial> trials, int slowdownPercent) =>
        $"{trials.Count} comparisons with {(slowdownPercent == 0 ? "itself" : $"itself made {slowdownPercent} % slower")}: "
        + $"{trials.Count(trial => trial.IsSlower)} refused for time, {trials.Count(trial => trial.Result.Verdict == Verdict.Refused)} refused at all, "
        + $"{trials.Count(trial => trial.Result.Verdict == Verdict.Inconclusive)} inconclusive";
}
