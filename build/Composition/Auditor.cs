using System.Runtime.InteropServices;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Audit;
using WasmWizard.Delivery.SupplyChain;
using WasmWizard.Delivery.SupplyChain.Advisories;
using WasmWizard.Delivery.SupplyChain.Audit;

/// <summary>Has the dependencies looked up among known vulnerabilities and the gate judge what came out.</summary>
/// <param name="workspace">Where things are, and whose policy applies.</param>
/// <param name="solution">What is restored.</param>
/// <param name="advisories">The copy to use where the official source has no data; null for none.</param>
public sealed class Auditor(Workspace workspace, Solution solution, string? advisories)
{
    private const string WaiversPath = ".nuke/waivers.json";

    private AbsolutePath Folder => workspace.Artifacts / "audit";

    /// <summary>The answer with its findings as <c>artifacts/audit/audit.json</c> has it.</summary>
    public AbsolutePath Document => Folder / "audit.json";

    public async Task<IReadOnlyDictionary<GateId, GateResult>> Run(CancellationToken cancellation)
    {
        var started = workspace.Time.GetTimestamp();
        var rule = workspace.Desk.Rule(GateId.Audit);
        using var client = Download.NewClient();
        var (waivers, observation) = await Observe(client, cancellation);
        var policy = VulnerabilityPolicy.Audit(workspace.Policy.Environment.Level);
        var result = AuditGate.Judge(policy, observation, waivers, rule.DataAge, workspace.Time.GetUtcNow());
        var measured = observation as AuditObservation.Measured;
        var files = FindingFiles.Write(workspace, Folder, rule, result, "matcher and nuget", measured?.Findings ?? []);
        workspace.Desk.Record(GateId.Audit, result, new() { Duration = workspace.Time.GetElapsedTime(started), Files = files, DataAsOf = measured?.DataAsOf });
        return new Dictionary<GateId, GateResult> { [GateId.Audit] = result };
    }

    /// <summary>A waiver file that is not whole is a failed audit: nobody knows what it was to let through.</summary>
    private async Task<(IReadOnlyList<Waiver> Waivers, AuditObservation Observation)> Observe(HttpClient client, CancellationToken cancellation)
    {
        try
        {
            var waivers = WaiverFile.Read(workspace.Root / WaiversPath);
            return (waivers, await new DependencyAudit(client).ObserveAsync(Request, cancellation));
        }
        catch (CorruptDataException corrupt)
        {
            return ([], new AuditObservation.Failed(corrupt.Message, corrupt.Fix));
        }
    }

    private AuditRequest Request => new()
    {
        Root = workspace.Root,
        Configuration = workspace.Root / "nuget.config",
        Advisories = advisories,
        Targets =
        [
            new(solution.Path),
            new(workspace.Root / "src" / "WasmWizard.Service" / "WasmWizard.Service.csproj")
            {
                Properties = new Dictionary<string, string> { ["RuntimeIdentifier"] = RuntimeInformation.RuntimeIdentifier, ["SelfContained"] = "true" },
            },
        ],
    };
}
