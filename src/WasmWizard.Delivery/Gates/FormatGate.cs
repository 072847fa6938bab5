namespace WasmWizard.Delivery.Gates;

/// <summary>Judges whether the sources are formatted and free of analyzer findings.</summary>
public static class FormatGate
{
    private const int NothingToChange = 0;
    private const int WouldChange = 2;

    /// <param name="exitCodes">Of each <c>dotnet format --verify-no-changes</c>: 0 nothing to change, 2 files would change, else the tool failed.</param>
    /// <param name="files">Files that would change, relative to the root; from the tool's own reports.</param>
    public static GateResult Judge(IReadOnlyList<int> exitCodes, IReadOnlyList<string> files) => Worst(exitCodes) switch
    {
        NothingToChange => new(Verdict.Passed, "nothing to change"),
        WouldChange => new(Verdict.Refused, $"{files.Count} {(files.Count == 1 ? "file" : "files")} would change: {Names(files)}", "./build.sh Format --fix")
        {
            Measurements = new Dictionary<string, decimal> { ["files"] = files.Count },
        },
        null => new(Verdict.Inconclusive, "dotnet format was not run", "./build.sh Format"),
        var exitCode => new(Verdict.Errored, $"dotnet format ended with exit code {exitCode}", "dotnet format WasmWizard.sln --verify-no-changes"),
    };

    /// <summary>A failure of the tool says more than files that would change; those say more than none.</summary>
    private static int? Worst(IReadOnlyList<int> exitCodes) =>
        exitCodes.OrderBy(code => code switch { NothingToChange => 2, WouldChange => 1, _ => 0 }).Select(code => (int?)code).FirstOrDefault();

    private static string Names(IReadOnlyList<string> files) =>
        string.Join(", ", files.Take(3)) + (files.Count > 3 ? $" and {files.Count - 3} more" : "");
}
