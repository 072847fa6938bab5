using System.Runtime.CompilerServices;
using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.Rollouts;
using WasmWizard.Delivery.Status;

/// <summary>The branch's environment, whatever it runs on, put together from its adapters.</summary>
public abstract class DeployedEnvironment(Workspace workspace) : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    public abstract IRolloutTarget Target { get; }

    public abstract ILockStore Locks { get; }

    public abstract RolloutRunner Runner { get; }

    protected abstract ILedgerStore Entries { get; }

    protected Workspace Workspace => workspace;

    /// <summary>The verified ledger, or what is wrong with it.</summary>
    public async Task<LedgerReading> Ledger(CancellationToken cancellation) => LedgerChain.Read(await Entries.Read(cancellation));

    public async Task<EnvironmentStatus> Status(LedgerChain chain, CancellationToken cancellation) => EnvironmentStatus.Of(
        workspace.Policy.Environment.Name,
        workspace.Policy.Environment.Branch,
        RolloutHistory.Of(chain),
        await Target.Observe(cancellation),
        await Locks.Read(cancellation),
        workspace.Time.GetUtcNow());

    /// <summary>Why nothing there can be asked now; null when it can.</summary>
    public virtual Task<Fault?> Silence(CancellationToken cancellation) => Task.FromResult<Fault?>(null);

    /// <summary>What would stop any deployment, before there is a release.</summary>
    public abstract Task<IReadOnlyList<Fault>> PreflightPlace(CancellationToken cancellation);

    /// <summary>The release that the image at hand makes here.</summary>
    public abstract Release ReleaseOf(AppImage image);

    /// <summary>Brings the image to where it is taken from; what is there already is not brought again.</summary>
    public abstract Task Publish(AppImage image, CancellationToken cancellation);

    /// <summary>The log of what serves.</summary>
    public abstract IAsyncEnumerable<string> Logs(int lines, bool follow, CancellationToken cancellation);

    /// <summary>The database, where this build can back it up; null where there is none.</summary>
    public virtual Task<DatabaseAccess?> Database(CancellationToken cancellation) => Task.FromResult<DatabaseAccess?>(null);

    public abstract void Dispose();

    /// <summary>What a look shows; with <paramref name="follow"/> also what each later one shows that none before it did, until it is cancelled.</summary>
    protected static async IAsyncEnumerable<string> Looked(Func<Task<IReadOnlyList<string>>> look, bool follow, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var told = new HashSet<string>();
        do
        {
            foreach (var line in (await look()).Where(told.Add))
                yield return line;
            if (follow)
                await Task.Delay(Look, cancellation).ContinueWith(_ => { }, TaskScheduler.Default);
        }
        while (follow && !cancellation.IsCancellationRequested);
    }

    protected RolloutRunner RunnerOf(IOperate build, RolloutPorts ports)
    {
        var environment = workspace.Policy.Environment;
        var options = new RolloutOptions { Environment = environment.Name, Branch = environment.Branch, Holder = HolderName };
        return new(ports, build.Lease is { } seconds ? options with { Lease = TimeSpan.FromSeconds(seconds) } : options, new RolloutConsole());
    }

    /// <summary>The run on the platform, else the person at the machine.</summary>
    public static string HolderName => EnvironmentInfo.GetVariable("GITHUB_RUN_ID") is { Length: > 0 } run
        ? $"{EnvironmentInfo.GetVariable("GITHUB_SERVER_URL")}/{EnvironmentInfo.GetVariable("GITHUB_REPOSITORY")}/actions/runs/{run}"
        : $"{System.Environment.UserName}@{System.Environment.MachineName} pid {System.Environment.ProcessId}";
}
