using WasmWizard.Delivery.GitHub.Protection;

/// <summary>The target Protect: review, where asked write, review again.</summary>
public static class Protection
{
    public static async Task Review(IProtect build)
    {
        var (platform, cancellation) = (Platform.Open(build), EngineSeam.CancellationOf(build));
        var wanted = new WantedProtection(GeneratedOutputs.DefinitionOf(build.Workspace, EngineSeam.TargetsOf(build)), Strategy.Approvers);
        var settings = new RepositoryProtection(platform.Api, platform.Repository, wanted);
        build.Require(await settings.Reach(cancellation));
        var findings = await settings.Review(cancellation);
        if (build.Apply)
        {
            foreach (var refusal in await new ProtectionWriting(platform.Api, platform.Repository, wanted).Apply(findings, cancellation))
                Log.Warning("Not written: {Refusal:l}", refusal);
            findings = await settings.Review(cancellation);
        }

        foreach (var line in ProtectionReport.Lines(findings))
            Log.Information("{Line:l}", line);
        EngineSeam.Publish(build, nameof(IProtect.Protect), ProtectionReport.Json(findings));
        if (!ProtectionReport.IsWhole(findings))
            build.FailUnlessZero(GateConclusion.GateExitCode, $"{platform.Repository} is not protected as the strategy asks. Next: {ProtectionReport.Next(findings)}");
    }
}
