using System.Runtime.InteropServices;
using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Local;
using WasmWizard.Delivery.Local.State;
using WasmWizard.Delivery.Rollouts;
using WasmWizard.Delivery.Status;

/// <summary>The branch's environment on this machine, put together from its adapters.</summary>
public sealed class LocalEnvironment : IDisposable
{
    private readonly Workspace _workspace;
    private readonly LocalLedgerStore _ledger;

    /// <param name="build">Branch and parameters.</param>
    /// <param name="layer">The app layer to deploy; null where none is deployed.</param>
    public LocalEnvironment(IOperate build, string? layer = null)
    {
        _workspace = build.Workspace;
        var environment = _workspace.Policy.Environment;
        State = LocalState.Of(environment.Word, build.State);
        _ledger = new(State);
        Locks = new(State, _workspace.Time);
        Target = new(
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
            _workspace.Time);
        var options = new RolloutOptions { Environment = environment.Name, Branch = environment.Branch, Holder = HolderName };
        if (build.Lease is { } seconds)
            options = options with { Lease = TimeSpan.FromSeconds(seconds) };
        var ports = new RolloutPorts(Target, _ledger, Locks, new LocalReleaseStore(State, _workspace.Time), _workspace.Time);
        Runner = new(ports, options, new RolloutConsole());
        Line = new(ports, options);
    }

    public LocalState State { get; }

    public LocalTarget Target { get; }

    public LocalLockStore Locks { get; }

    public RolloutRunner Runner { get; }

    public DeploymentLine Line { get; }

    /// <summary>The verified ledger, or what is wrong with it.</summary>
    public async Task<LedgerReading> Ledger(CancellationToken cancellation) => LedgerChain.Read(await _ledger.Read(cancellation));

    public async Task<EnvironmentStatus> Status(LedgerChain chain, CancellationToken cancellation) => EnvironmentStatus.Of(
        _workspace.Policy.Environment.Name,
        _workspace.Policy.Environment.Branch,
        RolloutHistory.Of(chain),
        await Target.Observe(cancellation),
        await Locks.Read(cancellation),
        _workspace.Time.GetUtcNow());

    public void Dispose() => Target.Dispose();

    /// <summary>The run on the platform, else the person at the machine.</summary>
    private static string HolderName => EnvironmentInfo.GetVariable("GITHUB_RUN_ID") is { Length: > 0 } run
        ? $"{EnvironmentInfo.GetVariable("GITHUB_SERVER_URL")}/{EnvironmentInfo.GetVariable("GITHUB_REPOSITORY")}/actions/runs/{run}"
        : $"{System.Environment.UserName}@{System.Environment.MachineName} pid {System.Environment.ProcessId}";

    /// <summary>The host of the running program: three folders above the shared framework.</summary>
    private static string DotnetHost => Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
