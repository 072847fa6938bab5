namespace WasmWizard.Delivery.Gates.Tests;

/// <summary>Judges the reports of all test projects as one suite.</summary>
public static class TestsGate
{
    /// <param name="expected">Every test project that must have reported.</param>
    /// <param name="runs">What was reported, one per project.</param>
    /// <param name="skipsAllowed">False where the policy says "none skipped".</param>
    public static GateResult Judge(IReadOnlyList<string> expected, IReadOnlyList<TestRun> runs, bool skipsAllowed)
    {
        string[] silent = [.. expected.Except(runs.Select(run => run.Project)).Order(StringComparer.Ordinal)];
        string[] aborted = [.. runs.Where(run => run.Aborted).Select(run => run.Project).Order(StringComparer.Ordinal)];
        string[] failed = [.. runs.SelectMany(run => run.Failed)];
        string[] skipped = [.. runs.SelectMany(run => run.Skipped)];
        var passed = runs.Sum(run => run.Passed);
        var counts = $"{passed} passed, {failed.Length} failed, {skipped.Length} skipped";
        return Verdict() with
        {
            Measurements = new Dictionary<string, decimal> { ["passed"] = passed, ["failed"] = failed.Length, ["skipped"] = skipped.Length },
        };

        GateResult Verdict()
        {
            if (failed.Length > 0)
                return new(Gates.Verdict.Refused, $"{counts}; first: {failed[0]}", $"dotnet test --filter \"FullyQualifiedName~{Method(failed[0])}\"");
            if (aborted.Length > 0)
                return new(Gates.Verdict.Errored, $"{counts}; the run of {string.Join(", ", aborted)} did not complete", "./build.sh Test");
            if (silent.Length > 0)
                return new(Gates.Verdict.Inconclusive, $"{counts}; no report from {string.Join(", ", silent)}", "./build.sh Test");
            if (passed == 0)
                return new(Gates.Verdict.Inconclusive, $"{counts}: an empty run proves nothing", "./build.sh Test");
            if (skipped.Length > 0 && !skipsAllowed)
                return new(Gates.Verdict.Refused, $"{counts}; none may be skipped; first: {skipped[0]}", "install what the test needs, then ./build.sh Test");
            return new(Gates.Verdict.Passed, counts);
        }
    }

    /// <summary>A theory's name carries its arguments; the filter wants only the method.</summary>
    private static string Method(string testName) => testName.Split('(')[0];
}
