using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Benchmark;
using WasmWizard.Delivery.Gates.Coverage;
using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Reports;

/// <summary>Gathers what gates and rollouts left behind, and has it rendered as one page.</summary>
public static class ReportWriter
{
    public static async Task Write(IReport build)
    {
        var workspace = build.Workspace;
        var verification = workspace.Desk.Verify();
        var page = ReportPage.Render(new()
        {
            Branch = workspace.Policy.Branch,
            Commit = workspace.Checkout.Commit,
            Tree = workspace.Checkout.Tree,
            At = workspace.Time.GetUtcNow(),
            Verification = verification,
            Coverage = Told(verification, GateId.Coverage) ? CoverageReport.Parse(Text(workspace.Artifacts / "coverage" / "Cobertura.xml")) : null,
            Findings = [.. verification.Answers.Where(answer => answer.Evidence is not null).SelectMany(answer => Findings(workspace, answer.Rule.Gate))],
            Benchmarks = Told(verification, GateId.Benchmark) && BenchmarkRecord.Parse(Text(workspace.Artifacts / "benchmark" / "comparison.json")) is { } record
                ? new(record.MarginPercent, record.Comparisons)
                : null,
            History = await History(build),
        });
        var file = workspace.Artifacts / "report.html";
        file.WriteAllText(page);
        Log.Information("{File}", file);
    }

    /// <summary>Files are shown only beside an answer that counts: what an earlier tree left behind is not this one's.</summary>
    private static bool Told(Verification verification, GateId gate) => verification.Answers.Any(answer => answer.Rule.Gate == gate && answer.Evidence is not null);

    private static IReadOnlyList<ReportFinding> Findings(Workspace workspace, GateId gate)
    {
        var folder = workspace.Artifacts / gate.ToString();
        var graded = folder / $"{gate}.json";
        if (!File.Exists(graded))
            return ReportFinding.Lines(gate, Text(folder / "findings.txt"));
        if (ReportFinding.Parse(gate, Text(graded)) is { } findings)
            return findings;
        Log.Warning("{File} is torn and left out of the report. Next: ./build.sh {Target:l}", graded, gate.Target);
        return [];
    }

    /// <summary>Empty when there is no such file, which parsers take for torn.</summary>
    private static string Text(AbsolutePath file) => File.Exists(file) ? File.ReadAllText(file) : "";

    private static async Task<LedgerChain?> History(IReport build)
    {
        if (!build.Workspace.Policy.Environment.Targets.Contains(TargetKind.Local))
            return null;
        using var environment = new LocalEnvironment(build);
        return (await environment.Ledger(EngineSeam.CancellationOf(build)) as LedgerReading.Whole)?.Chain;
    }
}
