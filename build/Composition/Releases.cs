using System.Runtime.InteropServices;
using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.GitHub.Api;
using WasmWizard.Delivery.GitHub.Backports;
using WasmWizard.Delivery.GitHub.Git;
using WasmWizard.Delivery.GitHub.Releases;
using WasmWizard.Delivery.Ports;

/// <summary>The targets around versions: compose, ask the library, tell.</summary>
public static class Releases
{
    private const int FailedExitCode = 4;
    private static readonly string[] Published = ["sbom", "attestations"];

    private static string Production => Strategy.Default.Of(EnvironmentName.Production).Branch;

    /// <summary>Every fix of production must be on the branch that the next version comes from.</summary>
    private static string Next => Strategy.Default.Of(EnvironmentName.Staging).Branch;

    public static Task Release(IRelease build) => Told(build, async cancellation =>
    {
        var workspace = build.Workspace;
        var clone = Platform.Clone(workspace);
        var head = await clone.Find(cancellation, "rev-parse", "--verify", "--quiet", "HEAD^{commit}");
        IReadOnlyList<Fault> missing = head is null ? [new("WW2327", "the clone holds no commit", "a commit to release", "git log")] : await CloneFacts.Prepare(clone, [Production, Next], cancellation);
        if (head is null)
            build.Require(missing);
        var history = await ReleaseHistory.Read(clone, head!, Production, cancellation);
        var isAsked = build.Version is null && history.Here is null;
        var backports = missing.Count == 0 ? await new FixComparison(clone, $"origin/{Production}", $"origin/{Next}").All(cancellation) : [];
        if (isAsked)
            missing = [.. missing, .. await CloneFacts.StandsOn(clone, Production, cancellation)];
        if (!build.DryRun)
            build.Require(missing);
        var next = isAsked && missing.Count == 0 ? await Tool.Ask(workspace.Root, cancellation) : (VersionTag?)null;
        var plan = ReleasePlan.Of(history, build.Version, next, Production, backports);
        var files = ReleaseFile.In(Published.Select(folder => (string)(workspace.Artifacts / folder)));
        if (build.DryRun)
            Show(build, plan with { Faults = [.. missing, .. plan.Faults] }, files);
        else
            await Publish(build, plan, files, cancellation);
    });

    public static Task Hotfix(IRelease build) => Told(build, async cancellation =>
    {
        var clone = Platform.Clone(build.Workspace);
        var fix = await Fix.Find(clone, build.Commit ?? "HEAD", cancellation);
        build.Require(
        [
            .. fix is null ? [new Fault("WW2312", $"--commit {build.Commit ?? "HEAD"}", "a commit of this clone", "git log --oneline")] : Array.Empty<Fault>(),
            .. await CloneFacts.Prepare(clone, [Production], cancellation),
        ]);
        var platform = Platform.Open(build);
        switch (await new Hotfix(clone, new(platform.Api, platform.Repository), Production).Run(fix!, cancellation))
        {
            case HotfixOutcome.Present:
                Log.Information("{Commit:l} is on {Branch:l} already", fix!.Brief, Production);
                break;
            case HotfixOutcome.Open open:
                Log.Information("{Branch:l} goes into {Target:l} by {Url:l}. Next, after the merge: ./build.sh Backport", open.Branch, Production, open.Pull.Url);
                break;
            case HotfixOutcome.Refused refused:
                build.FailUnlessZero(GateConclusion.GateExitCode, $"{refused.Fault.Id} {refused.Fault.Observed}\n  required: {refused.Fault.Required}\n  next: {refused.Fault.Next}");
                break;
        }
    });

    public static Task Backport(IRelease build) => Told(build, async cancellation =>
    {
        var clone = Platform.Clone(build.Workspace);
        build.Require(await CloneFacts.Prepare(clone, [Production, Next], cancellation));
        var proofs = await new FixComparison(clone, $"origin/{Production}", $"origin/{Next}").All(cancellation);
        foreach (var proof in proofs)
            Log.Information("{Proof:l}", proof.ToString());
        var missing = proofs.Where(proof => !proof.IsThere).Select(proof => proof.Fix).ToList();
        if (missing.Count == 0)
        {
            Log.Information("Every fix of {Production:l} is on {Next:l}", Production, Next);
            return;
        }

        var platform = Platform.Open(build);
        foreach (var outcome in await new Backporting(clone, new(platform.Api, platform.Repository), Next).Run(missing, cancellation))
            Log.Information("{Outcome:l}", outcome.ToString());
    });

    private static NextVersion Tool => NextVersion.Of(
        EnvironmentInfo.GetVariable("PATH") ?? "",
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet")),
        typeof(Releases).Assembly.GetCustomAttributes(typeof(System.Reflection.AssemblyMetadataAttribute), inherit: false).Cast<System.Reflection.AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "GitVersion").Value!);

    private static void Show(IRelease build, ReleasePlan plan, IReadOnlyList<ReleaseFile> files)
    {
        foreach (var line in ReleaseText.Lines(plan, files))
            Log.Information("{Line:l}", line);
        EngineSeam.Publish(build, nameof(IRelease.Release), ReleaseText.Json(plan, files));
    }

    private static async Task Publish(IRelease build, ReleasePlan plan, IReadOnlyList<ReleaseFile> files, CancellationToken cancellation)
    {
        build.Require(plan.Faults);
        if (plan.Version is not { } version)
        {
            Log.Information("Nothing to release: no commit since the last version");
            return;
        }

        var platform = Platform.Open(build);
        var publishing = new ReleasePublishing(platform.Api, platform.Repository);
        if (!await publishing.WasHealthy(plan.Commit, Strategy.Default.Of(EnvironmentName.Production).Word, cancellation))
            build.FailUnlessZero(GateConclusion.GateExitCode, $"WW2326 {plan.Commit[..12]} was never healthy in production; required: a deployment that ended well, because a version must not lie; so {version} is not given. Next: ./build.sh Deploy --branch {Production}");
        Log.Information("Released {Version:l}: {Url:l}", version.ToString(), await publishing.Publish(version, plan.Commit, plan.Notes, files, cancellation));
        EngineSeam.Publish(build, nameof(IRelease.Release), ReleaseText.Json(plan, files));
    }

    /// <summary>What git and the platform refuse is told in a line, not as a stack.</summary>
    private static async Task Told(IRelease build, Func<CancellationToken, Task> act)
    {
        try
        {
            await act(EngineSeam.CancellationOf(build));
        }
        catch (Exception fault) when (fault is GitException or PlatformException)
        {
            build.FailUnlessZero(FailedExitCode, $"{fault.Message.TrimEnd('.')}. What was done stays; the same command goes on from there.");
        }
    }
}
