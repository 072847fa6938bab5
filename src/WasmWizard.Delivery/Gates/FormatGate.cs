namespace WasmWizard.Delivery.Gates;

/// <summary>Judges whether the sources are formatted and free of analyzer findings.</summary>
public static class FormatGate
{
    private const int NothingToChange = 0;
    private const int WouldChange = 2;

    /// <param name="exitCode">Of <c>dotnet format --verify-no-changes</c>: 0 nothing to change, 2 files would change, else the tool failed.</param>
    /// <param name="files">Files that would change, relative to the root; from the tool's own report.</param>
    public static GateResult Judge(int exitCode, IReadOnlyList<string> files) => exitCode switch
    {
        NothingToChange => new(Verdict.Passed, "nothing to change"),
        WouldChange => new(Verdict.Refused, $"{files.Count} files would change: {Names(files)}", "./build.sh Format --fix")
        {
            Measurements = new Dictionary<string, decimal> { ["files"] = files.Count },
        },
        _ => new(Verdict.Errored, $"dotnet format ended with exit code {exitCode}", "dotnet format WasmWizard.sln --verify-no-changes"),
    };

    private static string Names(IReadOnlyList<string> files) =>
        string.Join(", ", files.Take(3)) + (files.Count > 3 ? $" and {files.Count - 3} more" : "");
}
