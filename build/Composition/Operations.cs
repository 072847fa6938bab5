using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.Rollouts;
using WasmWizard.Delivery.Status;

/// <summary>One method per target that talks to an environment: compose, ask the core, tell.</summary>
public static class Operations
{
    /// <summary>Kinds of target that this build can deploy to.</summary>
    private static readonly IReadOnlySet<TargetKind> Built = new HashSet<TargetKind> { TargetKind.Local, TargetKind.Compose, TargetKind.Kubernetes };

    private const int DefaultLines = 100;

    /// <summary>Everything that would stop a deployment, before its first gate runs.</summary>
    public static void RequireDeployable(IAttest build)
    {
        var workspace = build.Workspace;
        var checkout = workspace.Checkout;
        var facts = new DeployFacts(build.On, Built, checkout.IsClean, checkout.IsReachableFrom(workspace.Policy.Environment.Branch));
        build.Require(
        [
            .. AddressFaults(build), .. DeployPreconditions.Faults(workspace.Strategy, workspace.Policy, facts), .. Attestor.Faults(build),
            .. PlaceFaults(build, deploys: true),
        ]);
        using var environment = Make(build, new AppImage(workspace), deploys: true);
        build.Require(environment.PreflightPlace(EngineSeam.CancellationOf(build)).GetAwaiter().GetResult());
        if (environment.Runner.DeploymentLine.Look(EngineSeam.CancellationOf(build)).GetAwaiter().GetResult() is LineOutcome.Known { Freeze: { } freeze })
            build.Conclude(new RolloutOutcome.Frozen(freeze));
    }

    public static async Task Incident(IIncident build)
    {
        build.Require(build is { Freeze: not null, Unfreeze: true } || build.Freeze is { } reason && string.IsNullOrWhiteSpace(reason)
            ? [new("WW2116", "--freeze without a reason, or together with --unfreeze", "one of the two; --freeze with the reason that people are told", "./build.sh Incident --freeze \"what is wrong\"")]
            : []);
        using var environment = Open(build);
        var (line, cancellation) = (environment.Runner.DeploymentLine, EngineSeam.CancellationOf(build));
        var outcome = build.Freeze is { } why ? await line.Freeze(why, cancellation)
            : build.Unfreeze ? await line.Unfreeze(cancellation) : await line.Look(cancellation);
        switch (outcome)
        {
            case LineOutcome.LockHeld held:
                build.Conclude(new RolloutOutcome.LockHeld(held.By));
                break;
            case LineOutcome.Unreadable broken:
                build.Require([new("WW2113", $"ledger entry {broken.At.Ordinal}: {broken.At.Observed}", broken.At.Required, broken.At.Next)]);
                break;
            case LineOutcome.Known { Freeze: { } freeze }:
                Log.Information("{By:l} holds deployments back since {At:u}: {Reason:l}. Next: ./build.sh Rollback --branch {Branch:l} when what serves is bad, and Incident --unfreeze when it is over", freeze.By, freeze.At, freeze.Detail!, build.Workspace.Policy.Environment.Branch);
                break;
            default:
                Log.Information("Deployments may go on");
                break;
        }
    }

    public static async Task Deploy(IOperate build)
    {
        var image = new AppImage(build.Workspace);
        var cancellation = EngineSeam.CancellationOf(build);
        using var environment = Make(build, image, deploys: true);
        await build.AttemptAsync(() => environment.Publish(image, cancellation));
        var outcome = await environment.Runner.Deploy(ReleaseOf(build, environment, image), build.Agreed, cancellation);
        build.Conclude(outcome);
        foreach (var line in StatusText.Lines(await CurrentStatus(build, environment)))
            Log.Information("{Line:l}", line);
    }

    public static async Task Preview(IOperate build)
    {
        var image = new AppImage(build.Workspace);
        var cancellation = EngineSeam.CancellationOf(build);
        using var environment = Open(build, image, deploys: true);
        var (plan, faults) = await environment.Runner.Preview(ReleaseOf(build, environment, image), cancellation);
        build.Require(faults);
        foreach (var line in PlanText.Render(plan!).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Log.Information("{Line:l}", line);
        EngineSeam.Publish(build, nameof(Preview), PlanJson.Write(plan!));
    }

    public static async Task Rollback(IOperate build)
    {
        build.Require(ReleaseFaults(build));
        using var environment = Open(build);
        var to = ReleaseId.TryParse(build.To, out var id) ? id : (ReleaseId?)null;
        build.Conclude(await environment.Runner.Rollback(to, null, EngineSeam.CancellationOf(build)));
    }

    public static async Task Promote(IOperate build)
    {
        var workspace = build.Workspace;
        var production = workspace.Strategy.Of(EnvironmentName.Production);
        if (workspace.Policy.Environment.Name != EnvironmentName.Production)
            build.Require([new("WW2115", $"Promote to {workspace.Policy.Environment.Word}", "production, which gets what staging has proven", $"./build.sh Promote --branch {production.Branch}")]);
        var cancellation = EngineSeam.CancellationOf(build);
        using var environment = Open(build, deploys: true);
        var (release, fault) = await ((ClusterEnvironment)environment).Proven(workspace.Strategy.Of(EnvironmentName.Staging), cancellation);
        build.Require(fault is null ? [] : [fault]);
        build.Conclude(await environment.Runner.Deploy(release!, build.Agreed, cancellation));
    }

    public static async Task Stop(IOperate build)
    {
        if (KindOf(build) == TargetKind.Kubernetes)
            build.Require([new("WW2114", "Stop for an environment in a cluster", "a local environment: what people use is taken back, not ended", $"./build.sh Rollback --branch {build.Workspace.Policy.Branch}")]);
        using var environment = Open(build);
        build.Conclude(await environment.Runner.Stop(EngineSeam.CancellationOf(build)));
    }

    public static async Task Status(IOperate build)
    {
        using var environment = Open(build);
        var status = await CurrentStatus(build, environment);
        foreach (var line in StatusText.Lines(status))
            Log.Information("{Line:l}", line);
        EngineSeam.Publish(build, nameof(Status), StatusJson.Write(status));
        if (build.Strict && status.Drift.Count > 0)
            build.FailUnlessZero(GateConclusion.GateExitCode, $"{status.Environment} differs from its record; required: no difference. Next: ./build.sh Deploy --branch {status.Branch}");
    }

    public static async Task History(IOperate build)
    {
        using var environment = Open(build);
        var chain = await WholeLedger(build, environment);
        foreach (var line in HistoryText.Lines(chain))
            Log.Information("{Line:l}", line);
        EngineSeam.Publish(build, nameof(History), HistoryJson.Write(chain));
    }

    public static async Task Logs(IOperate build)
    {
        using var environment = Open(build);
        await foreach (var line in environment.Logs(build.Lines ?? DefaultLines, build.Follow, EngineSeam.CancellationOf(build)))
            Log.Information("{Line:l}", line);
    }

    public static async Task Unlock(IOperate build)
    {
        using var environment = Open(build);
        var cancellation = EngineSeam.CancellationOf(build);
        if (build.Holder is { } holder)
            build.Require(await environment.Locks.Break(holder, cancellation) ? [] : [await NotHeldBy(build, environment, holder)]);
        var held = await environment.Locks.Read(cancellation);
        Log.Information("{Lock:l}", held is null ? "The lock is free" : $"{held.Holder} holds the lock since {held.Since:u} ({held.Reason}), renewed {held.Renewed:u}, lease {held.Lease.TotalSeconds:0} s");
    }

    private static async Task<EnvironmentStatus> CurrentStatus(IOperate build, DeployedEnvironment environment) =>
        await environment.Status(await WholeLedger(build, environment), EngineSeam.CancellationOf(build));

    private static async Task<LedgerChain> WholeLedger(IOperate build, DeployedEnvironment environment)
    {
        var reading = await environment.Ledger(EngineSeam.CancellationOf(build));
        if (reading is LedgerReading.Broken broken)
            build.Require([new("WW2113", $"ledger entry {broken.At.Ordinal}: {broken.At.Observed}", broken.At.Required, broken.At.Next)]);
        return ((LedgerReading.Whole)reading).Chain;
    }

    /// <summary>The branch's environment, after what is missing to reach it has been told.</summary>
    public static DeployedEnvironment Open(IOperate build, AppImage? image = null, bool deploys = false)
    {
        var workspace = build.Workspace;
        var reachable = new DeployFacts(build.On, Built, TreeIsClean: true, ReachableFromBranch: true);
        build.Require([.. AddressFaults(build), .. DeployPreconditions.Faults(workspace.Strategy, workspace.Policy, reachable)]);
        var environment = Make(build, image, deploys);
        build.Require(environment.Silence(EngineSeam.CancellationOf(build)).GetAwaiter().GetResult() is { } silence ? [silence] : []);
        return environment;
    }

    /// <summary>Names the kind of target only; which one is the strategy's and <c>--on</c>'s to say.</summary>
    private static DeployedEnvironment Make(IOperate build, AppImage? image, bool deploys)
    {
        build.Require(PlaceFaults(build, deploys));
        return KindOf(build) switch
        {
            TargetKind.Kubernetes => new ClusterEnvironment(build),
            TargetKind.Compose => new ComposeEnvironment(build, image),
            _ => new LocalEnvironment(build, image?.Layer),
        };
    }

    /// <summary>What is missing to reach the place at all.</summary>
    private static IReadOnlyList<Fault> PlaceFaults(IOperate build, bool deploys) => KindOf(build) switch
    {
        TargetKind.Kubernetes => ClusterEnvironment.Faults(build, deploys),
        TargetKind.Compose => ComposeEnvironment.Faults(build).GetAwaiter().GetResult(),
        _ => [],
    };

    /// <summary>An image that is missing or damaged is told as any other fault.</summary>
    private static Release ReleaseOf(IOperate build, DeployedEnvironment environment, AppImage image)
    {
        Release? release = null;
        build.Attempt(() => release = environment.ReleaseOf(image));
        return release!;
    }

    private static TargetKind KindOf(IOperate build) => DeployPreconditions.Target(build.Workspace.Policy.Environment, build.On);

    private static IEnumerable<Fault> AddressFaults(IOperate build) =>
        KindOf(build) != TargetKind.Compose && build.Address is { } address && !(Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri is { Scheme: "http", IsLoopback: true })
            ? [new("WW2110", $"--address {address}", "an http address on loopback, e.g. http://127.0.0.1:8095", "./build.sh --help")]
            : [];

    private static IReadOnlyList<Fault> ReleaseFaults(IOperate build) => build.To is { } to && !ReleaseId.TryParse(to, out _)
        ? [new("WW2111", $"--to {to}", "a release id of 12 hex digits", $"./build.sh History --branch {build.Workspace.Policy.Branch}")]
        : [];

    private static async Task<Fault> NotHeldBy(IOperate build, DeployedEnvironment environment, string holder)
    {
        var held = await environment.Locks.Read(EngineSeam.CancellationOf(build));
        return new("WW2112", $"the lock is {(held is null ? "free" : $"held by {held.Holder}")}", $"a lock held by {holder}", $"./build.sh Unlock --branch {build.Workspace.Policy.Branch}");
    }
}
