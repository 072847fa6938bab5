using System.Text.Json;
using WasmWizard.Delivery.Gates;

/// <summary>Runs <c>dotnet format</c> over the solution and has the gate judge its exit codes and reports.</summary>
public sealed class Formatter(Workspace workspace, Solution solution)
{
    /// <summary>Layout, style and analyzers.</summary>
    private readonly string[] _everything = [$"{solution.FileName} --no-restore"];

    /// <summary>What the compiler says nothing about: layout, for which no project has to be loaded, and the order of usings, which the tool checks whenever it checks a style.</summary>
    private readonly string[] _layout =
    [
        "whitespace . --folder --exclude artifacts .nuke .dotnet",
        $"style {solution.FileName} --no-restore --diagnostics IDE0055 --severity error",
    ];

    private AbsolutePath Report => workspace.Artifacts / "format";

    /// <param name="fix">Write the changes instead of asking for them.</param>
    /// <param name="compiled">This run compiled the solution, so style and analyzers have been held: in the compiler their warnings are errors.</param>
    public IReadOnlyDictionary<GateId, GateResult> Run(bool fix, bool compiled)
    {
        Report.CreateOrCleanDirectory();
        var started = workspace.Time.GetTimestamp();
        if (!compiled)
            Prepare();
        var checks = compiled && !fix ? _layout : _everything;
        var exitCodes = checks.Select((check, index) => Run(check, fix, Report / $"{index}")).ToList();
        var result = FormatGate.Judge(exitCodes, ChangedFiles());
        workspace.Desk.Record(GateId.Format, result, workspace.Time.GetElapsedTime(started), suite: null, "artifacts/format");
        return new Dictionary<GateId, GateResult> { [GateId.Format] = result };
    }

    /// <summary>
    /// What the tool reads beside sources, or it takes needed usings for unnecessary: the references of the build project, which is in the solution
    /// but not in its builds, and the generator of typed solutions.
    /// </summary>
    private void Prepare()
    {
        DotNetRestore(_ => _.SetProjectFile(workspace.Root / "build" / "_build.csproj").SetVerbosity(DotNetVerbosity.quiet));
        DotNetBuild(_ => _.SetProjectFile(solution.AllProjects.Single(project => project.Name == "WasmWizard.BuildEngine.Generators").Path)
            .EnableNoRestore().SetVerbosity(DotNetVerbosity.quiet));
    }

    private int Run(string check, bool fix, AbsolutePath report)
    {
        var exitCode = 0;
        DotNet(
            $"format {check:nq} --report {report} {(fix ? "" : "--verify-no-changes"):nq}",
            workspace.Root,
            logOutput: false,
            exitHandler: process => exitCode = process.ExitCode);
        return exitCode;
    }

    /// <summary>The reports list documents with their full path; they are empty when nothing would change.</summary>
    private List<string> ChangedFiles() =>
        [.. Report.GlobFiles("*/format-report.json").SelectMany(Documents)
            .Select(document => Path.GetRelativePath(workspace.Root, document).Replace('\\', '/'))
            .Distinct()
            .Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Documents(AbsolutePath file)
    {
        using var report = JsonDocument.Parse(File.ReadAllText(file));
        return [.. report.RootElement.EnumerateArray().Select(document => document.GetProperty("FilePath").GetString()!)];
    }
}
