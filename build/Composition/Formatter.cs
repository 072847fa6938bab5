using System.Text.Json;
using WasmWizard.Delivery.Gates;

/// <summary>Runs <c>dotnet format</c> over the solution and has the gate judge its exit code and report.</summary>
public sealed class Formatter(Workspace workspace, Solution solution)
{
    private AbsolutePath Report => workspace.Artifacts / "format";

    public IReadOnlyDictionary<GateId, GateResult> Run(bool fix)
    {
        Report.CreateOrCleanDirectory();
        var started = workspace.Time.GetTimestamp();
        var exitCode = 0;
        DotNetFormat(_ => _
            .SetProject(solution.Path)
            .EnableNoRestore()
            .SetReport(Report)
            .When(!fix, s => s.EnableVerifyNoChanges())
            .DisableProcessOutputLogging()
            .SetProcessExitHandler(process => exitCode = process.ExitCode));
        var result = FormatGate.Judge(exitCode, ChangedFiles());
        workspace.Desk.Record(GateId.Format, result, workspace.Time.GetElapsedTime(started), suite: null, "artifacts/format");
        return new Dictionary<GateId, GateResult> { [GateId.Format] = result };
    }

    /// <summary>The report lists documents with their full path; empty when nothing would change.</summary>
    private List<string> ChangedFiles()
    {
        var file = Report / "format-report.json";
        if (!File.Exists(file))
            return [];
        using var report = JsonDocument.Parse(File.ReadAllText(file));
        return [.. report.RootElement.EnumerateArray()
            .Select(document => Path.GetRelativePath(workspace.Root, document.GetProperty("FilePath").GetString()!).Replace('\\', '/'))
            .Distinct()
            .Order(StringComparer.Ordinal)];
    }
}
