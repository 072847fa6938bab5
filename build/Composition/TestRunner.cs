using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Coverage;
using WasmWizard.Delivery.Gates.Tests;

/// <summary>Runs the test projects side by side, merges their coverage and has both gates judge what came out.</summary>
public sealed class TestRunner(Workspace workspace, Solution solution)
{
    /// <summary>Two with what they start keep two processors busy; more at once would only make them wait for each other.</summary>
    private const int MaxAtOnce = 2;

    private AbsolutePath Results => workspace.Artifacts / "tests";

    private AbsolutePath Coverage => workspace.Artifacts / "coverage";

    /// <summary>The answers of the gates tests and coverage, written down as evidence.</summary>
    public IReadOnlyDictionary<GateId, GateResult> Run(TestSuite suite)
    {
        Results.CreateOrCleanDirectory();
        Coverage.CreateOrCleanDirectory();
        var projects = workspace.TestProjects(solution);
        var started = workspace.Time.GetTimestamp();
        DotNetTest(_ => _.CombineWith(projects, (s, project) => Of(s, project, suite)), degreeOfParallelism: Math.Min(MaxAtOnce, Environment.ProcessorCount), completeOnFailure: true);
        MergeCoverage();
        var duration = workspace.Time.GetElapsedTime(started);

        var answers = new Dictionary<GateId, GateResult>
        {
            [GateId.Tests] = JudgeTests(projects),
            [GateId.Coverage] = JudgeCoverage(),
        };
        workspace.Desk.Record(GateId.Tests, answers[GateId.Tests], duration, suite, "artifacts/tests");
        workspace.Desk.Record(GateId.Coverage, answers[GateId.Coverage], duration, suite, "artifacts/coverage");
        return answers;
    }

    private DotNetTestSettings Of(DotNetTestSettings settings, Project project, TestSuite suite) => settings
        .SetProjectFile(project.Path)
        .EnableNoBuild()
        .EnableNoRestore()
        .SetResultsDirectory(Results / project.Name)
        .SetLoggers($"trx;LogFileName={project.Name}.trx", "console;verbosity=minimal")
        .SetDataCollector("XPlat Code Coverage")
        .SetSettingsFile(workspace.Root / "tests" / "coverage.runsettings")
        .When(suite == TestSuite.Core, s => s.SetFilter("suite!=complete"))
        .DisableProcessExitHandling();

    private GateResult JudgeTests(IReadOnlyList<Project> projects)
    {
        var runs = projects
            .Select(project => (project.Name, Report: Results / project.Name / $"{project.Name}.trx"))
            .Where(entry => File.Exists(entry.Report))
            .Select(entry => TrxReport.Parse(entry.Name, File.ReadAllText(entry.Report)))
            .OfType<TestRun>();
        return TestsGate.Judge([.. projects.Select(project => project.Name)], [.. runs], workspace.Policy.Environment.AllowsSkippedTests);
    }

    private void MergeCoverage()
    {
        var reports = Results.GlobFiles("**/coverage.cobertura.xml");
        if (reports.Count == 0)
            return;
        ReportGenerator(_ => _
            .SetReports(reports.Select(report => (string)report))
            .SetTargetDirectory(Coverage)
            .SetReportTypes(ReportTypes.Cobertura, ReportTypes.HtmlInline, ReportTypes.TextSummary)
            .SetFramework("net10.0")
            .DisableProcessOutputLogging());
    }

    private GateResult JudgeCoverage()
    {
        var merged = Coverage / "Cobertura.xml";
        return CoverageGate.Judge(
            File.Exists(merged) ? CoverageReport.Parse(File.ReadAllText(merged)) : null,
            workspace.Measured(solution).ToDictionary(project => project.Name, CoverableLinesOf),
            workspace.Desk.Rule(GateId.Coverage).Threshold ?? throw new InvalidOperationException("Strategy.cs gives coverage no threshold."));
    }

    private static int CoverableLinesOf(Project project)
    {
        using var symbols = File.OpenRead(project.Directory / "bin" / "Debug" / "net10.0" / $"{project.Name}.pdb");
        return CoverableLines.Count(symbols);
    }
}
