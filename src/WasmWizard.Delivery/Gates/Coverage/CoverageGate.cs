namespace WasmWizard.Delivery.Gates.Coverage;

/// <summary>Judges merged line coverage against a branch's threshold.</summary>
public static class CoverageGate
{
    /// <param name="report">The merged report; null when there is none or it is torn.</param>
    /// <param name="expected">
    /// Assemblies that must be measured with the number of their coverable lines. One that no test touched counts with all its lines
    /// uncovered, so that deleting tests can only lower the number.
    /// </param>
    /// <param name="thresholdPercent">Least share of covered lines, 0 to 100.</param>
    public static GateResult Judge(CoverageReport? report, IReadOnlyDictionary<string, int> expected, decimal thresholdPercent)
    {
        var measured = report?.Assemblies.Where(assembly => expected.ContainsKey(assembly.Name)).ToList() ?? [];
        if (measured.Sum(assembly => assembly.Lines) == 0)
            return new(Verdict.Inconclusive, $"no coverage data; lines >= {thresholdPercent:0.#} % required", "./build.sh Test");

        var untouched = expected.Where(entry => measured.All(assembly => assembly.Name != entry.Key)).ToList();
        var lines = measured.Sum(assembly => assembly.Lines) + untouched.Sum(entry => entry.Value);
        var linesPercent = Percent(measured.Sum(assembly => assembly.CoveredLines), lines);
        var branchesPercent = Percent(measured.Sum(assembly => assembly.CoveredBranches), measured.Sum(assembly => assembly.Branches));
        var weakest = measured.Where(assembly => assembly.Lines > 0).MinBy(assembly => Percent(assembly.CoveredLines, assembly.Lines))!;
        var reason = $"lines {linesPercent:0.0} % of {lines}, branches {branchesPercent:0.0} %; lines >= {thresholdPercent:0.#} % required"
            + (untouched.Count > 0 ? $"; untouched by any test: {string.Join(", ", untouched.Select(entry => entry.Key).Order(StringComparer.Ordinal))}" : "");
        var passed = linesPercent >= thresholdPercent;
        return new(
            passed ? Verdict.Passed : Verdict.Refused,
            reason,
            passed ? "" : $"add tests; weakest: {weakest.Name} at {Percent(weakest.CoveredLines, weakest.Lines):0.0} %")
        {
            Measurements = new Dictionary<string, decimal>
            {
                ["linesPercent"] = Math.Round(linesPercent, 2),
                ["branchesPercent"] = Math.Round(branchesPercent, 2),
                ["lines"] = lines,
            },
        };
    }

    private static decimal Percent(int part, int whole) => whole == 0 ? 0 : 100m * part / whole;
}
