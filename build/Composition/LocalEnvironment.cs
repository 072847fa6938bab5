using System.Runtime.InteropServices;
using WasmWizard.Delivery.Local;
using WasmWizard.Delivery.Local.State;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.Rollouts;

/// <summary>The branch's environment as processes on this machine.</summary>
public sealed class LocalEnvironment : DeployedEnvironment
{
    private readonly LocalTarget _target;

    /// <param name="build">Branch and parameters.</param>
    /// <param name="layer">The app layer to deploy; null where none is deployed.</param>
    public LocalEnvironment(IOperate build, string? layer = null)
        : base(build.Workspace)
    {
        var environment = Workspace.Policy.Environment;
        State = LocalState.Of(environment.Word, build.State);
        Entries = new LocalLedgerStore(State);
        Locks = new LocalLockStore(State, Workspace.Time);
        _target = new(
            new()
            {
                State = State,
                Layer = layer,
                FrontBinaries = Path.Combine(AppContext.BaseDirectory, "front"),
                Dotnet = DotnetHost,
                DefaultAddress = Strategy.LocalAddress,
                Address = build.Address is { } address ? new Uri(address) : null,
                Alias = environment.ImageTag,
                Branch = environment.Branch,
                KeptReleases = environment.KeptReleases,
            },
            Workspace.Time);
        Runner = RunnerOf(build, new(_target, Entries, Locks, new LocalReleaseStore(State, Workspace.Time), Workspace.Time));
    }

    public LocalState State { get; }

    public override IRolloutTarget Target => _target;

    public override ILockStore Locks { get; }

    public override RolloutRunner Runner { get; }

    protected override ILedgerStore Entries { get; }

    public override Task<IReadOnlyList<Fault>> PreflightPlace(CancellationToken cancellation) => Task.FromResult(_target.PreflightPlace());

    public override Release ReleaseOf(AppImage image) => image.Release();

    /// <summary>The layer is taken from its file.</summary>
    public override Task Publish(AppImage image, CancellationToken cancellation) => Task.CompletedTask;

    public override IAsyncEnumerable<string> Logs(int lines, bool follow, CancellationToken cancellation) =>
        new LocalLogs(State).Tail(null, lines, follow, cancellation);

    public override void Dispose() => _target.Dispose();

    /// <summary>The host of the running program: three folders above the shared framework.</summary>
    private static string DotnetHost => Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
