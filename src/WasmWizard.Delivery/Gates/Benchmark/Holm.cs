namespace WasmWizard.Delivery.Gates.Benchmark;

/// <summary>Holm's step-down correction: with many benchmarks one would be unlucky by chance; here the whole suite errs with the given probability at most.</summary>
public static class Holm
{
    /// <summary>The adjusted p-values, in the given order; one is significant when it is not above the error rate of the suite.</summary>
    public static IReadOnlyList<double> Adjust(IReadOnlyList<double> pValues)
    {
        var adjusted = new double[pValues.Count];
        var highest = 0.0;
        foreach (var (step, at) in Enumerable.Range(0, pValues.Count).OrderBy(at => pValues[at]).Index())
        {
            highest = Math.Max(highest, Math.Min(1, (pValues.Count - step) * pValues[at]));
            adjusted[at] = highest;
        }

        return adjusted;
    }
}
