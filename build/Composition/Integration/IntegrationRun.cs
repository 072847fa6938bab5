using WasmWizard.Delivery.Containers;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Integration;
using WasmWizard.Delivery.Local.Protocol.Files;

/// <summary>Unpacks the release, brings servers up, makes the release do its work, and has the gate judge what was observed.</summary>
public sealed class IntegrationRun(Workspace workspace)
{
    private AbsolutePath Folder => workspace.Artifacts / "integration";

    /// <summary>Runs at the same time take turns: they leave their logs in one folder.</summary>
    public async Task<IReadOnlyDictionary<GateId, GateResult>> Run(CancellationToken cancellation)
    {
        Directory.CreateDirectory(workspace.Temporary);
        using var turn = await Exclusive.Hold(workspace.Temporary / "integration.lock", cancellation);
        var started = workspace.Time.GetTimestamp();
        var image = new AppImage(workspace);
        var release = image.Release().Digest;
        var result = IntegrationGate.Judge(await Observe(image, cancellation), release);
        workspace.Desk.Record(GateId.Integration, result, workspace.Time.GetElapsedTime(started), suite: null, "artifacts/integration");
        return new Dictionary<GateId, GateResult> { [GateId.Integration] = result };
    }

    private async Task<IntegrationObservation> Observe(AppImage image, CancellationToken cancellation)
    {
        Folder.CreateOrCleanDirectory();
        if (ThrowAwayServers.Missing is { Count: > 0 } missing)
            return new IntegrationObservation.ToolsMissing(missing);
        var unpacked = Directory.CreateTempSubdirectory("wasm-wizard-release-").FullName;
        try
        {
            var release = image.Release().Digest;
            await AppLayer.Unpack(image.Layer, release, Path.Combine(unpacked, "release"), cancellation);
            await using var servers = new ThrowAwayServers();
            await servers.Start(cancellation);
            using var trial = new ReleaseTrial(Path.Combine(unpacked, "release", AppLayer.Root, "WasmWizard.Service"), unpacked, servers);
            var checks = await trial.Run(cancellation);
            (Folder / "service.log").WriteAllText(trial.Log);
            return new IntegrationObservation.Measured(release, servers.Names, checks);
        }
        catch (Exception failure) when (failure is InvalidOperationException or IOException or TimeoutException or LayerException or System.ComponentModel.Win32Exception)
        {
            return new IntegrationObservation.Failed(failure.Message);
        }
        finally
        {
            Directory.Delete(unpacked, recursive: true);
        }
    }
}
