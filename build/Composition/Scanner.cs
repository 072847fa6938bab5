using WasmWizard.Delivery.Containers.Oci;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Audit;
using WasmWizard.Delivery.Gates.Scan;
using WasmWizard.Delivery.SupplyChain;
using WasmWizard.Delivery.SupplyChain.Advisories;
using WasmWizard.Delivery.SupplyChain.Audit;
using WasmWizard.Delivery.SupplyChain.Debian;
using WasmWizard.Delivery.SupplyChain.Scan;

/// <summary>Has the image looked through and the gate judge what came out.</summary>
/// <param name="workspace">Where things are, and whose policy applies.</param>
/// <param name="advisories">The copy to use where the official source has no data; null for none.</param>
/// <param name="mirror">Where security updates are looked up; null for the machine's own mirror.</param>
public sealed class Scanner(Workspace workspace, string? advisories, string? mirror)
{
    private AbsolutePath Folder => workspace.Artifacts / "scan";

    /// <summary>The answer with its findings as <c>artifacts/scan/scan.json</c> has it.</summary>
    public AbsolutePath Document => Folder / "scan.json";

    public async Task<IReadOnlyDictionary<GateId, GateResult>> Run(CancellationToken cancellation)
    {
        var started = workspace.Time.GetTimestamp();
        var rule = workspace.Desk.Rule(GateId.Scan);
        var image = new AppImage(workspace);
        var observation = await Observe(image, cancellation);
        var policy = VulnerabilityPolicy.Scan(workspace.Policy.Environment.Level);
        var result = ScanGate.Judge(policy, observation, image.ImageDigest ?? default, rule.DataAge, workspace.Time.GetUtcNow());
        var measured = observation as ScanObservation.Measured;
        var files = FindingFiles.Write(workspace, Folder, rule, result, measured?.Scanner ?? "none", measured?.Findings ?? []);
        workspace.Desk.Record(GateId.Scan, result, new() { Duration = workspace.Time.GetElapsedTime(started), Files = files, DataAsOf = measured?.DataAsOf });
        return new Dictionary<GateId, GateResult> { [GateId.Scan] = result };
    }

    /// <summary>An image that cannot be read is a failed scan, and none at all is nothing to judge.</summary>
    private async Task<ScanObservation> Observe(AppImage image, CancellationToken cancellation)
    {
        try
        {
            var layout = ImageAtHand.Open(image);
            using var client = Download.NewClient();
            var scan = new ImageScan(client, new SecurityIndexCache(Workspace.Cache / "security", SecurityIndex.DefaultKeyring, workspace.Time, mirror), workspace.Time);
            return await scan.ObserveAsync(Request(layout, image.Version), cancellation);
        }
        catch (MissingDataException missing)
        {
            return new ScanObservation.NoData(missing.Message, missing.Fix);
        }
        catch (CorruptDataException corrupt)
        {
            return new ScanObservation.Failed(corrupt.Message, corrupt.Fix);
        }
        catch (ImageException broken)
        {
            return new ScanObservation.Failed(broken.Message, broken.Fix);
        }
    }

    private ScanRequest Request(ImageLayout layout, string version) => new()
    {
        Contents = ImageAtHand.Contents(layout, version),
        ImageConfiguration = layout.Manifest.Config.Content,
        Layout = layout.Folder,
        Advisories = [.. RestoreConfiguration.AdvisorySources(workspace.Root / "nuget.config"), .. advisories is null ? Array.Empty<string>() : [advisories]],
    };
}
