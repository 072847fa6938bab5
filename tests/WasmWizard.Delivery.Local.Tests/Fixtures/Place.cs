using System.Collections.Concurrent;
using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Local.Fronts;
using WasmWizard.Delivery.Local.Protocol.Messages;
using WasmWizard.Delivery.Local.Protocol.Processes;
using WasmWizard.Delivery.Local.State;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.Rollouts;

namespace WasmWizard.Delivery.Local.Tests.Fixtures;

/// <summary>An environment of its own in a temporary folder. Whatever was started in it ends with it.</summary>
internal sealed class Place : IDisposable
{
    public Place(string? root = null)
    {
        Root = root ?? Directory.CreateTempSubdirectory("place-").FullName;
        State = LocalState.Of("research", Root);
        Front = new LocalFront(State, Repository.FrontBinaries, Repository.Dotnet);
        Releases = new LocalReleaseStore(State, TimeProvider.System);
        Ledger = new LocalLedgerStore(State);
        Locks = new LocalLockStore(State, TimeProvider.System);
    }

    public string Root { get; }

    public LocalState State { get; }

    public LocalFront Front { get; }

    public LocalReleaseStore Releases { get; }

    public LocalLedgerStore Ledger { get; }

    public LocalLockStore Locks { get; }

    public ConcurrentQueue<RolloutEvent> Events { get; } = [];

    /// <summary>Changes the options of every target made here.</summary>
    public Func<LocalTargetOptions, LocalTargetOptions> Options { get; set; } = options => options;

    public Uri Address => Front.Running()!.Address;

    /// <summary>A key of a tier without limits: what the last deploy probed with.</summary>
    public string ProbeKey => File.ReadAllText(State.ProbeKey).Trim();

    public LocalTarget Target(string? layer = null) => new(
        Options(new LocalTargetOptions
        {
            State = State,
            Layer = layer,
            FrontBinaries = Repository.FrontBinaries,
            Dotnet = Repository.Dotnet,
            DefaultAddress = new Uri("http://127.0.0.1:0"),
            Alias = "research",
            Branch = "research",
        }),
        TimeProvider.System);

    public async Task<RolloutOutcome> Deploy(Deliverable wanted, CancellationToken cancellation = default)
    {
        using var target = Target(wanted.Layer);
        return await Runner(target).Deploy(wanted.Release, null, cancellation);
    }

    public async Task<RolloutOutcome> Rollback(ReleaseId? to = null)
    {
        using var target = Target();
        return await Runner(target).Rollback(to, null, CancellationToken.None);
    }

    public async Task<RolloutOutcome> Stop()
    {
        using var target = Target();
        return await Runner(target).Stop(CancellationToken.None);
    }

    public async Task<Observation> Observe()
    {
        using var target = Target();
        return await target.Observe(CancellationToken.None);
    }

    public async Task<FrontStatus> Status() => (await Front.Status(CancellationToken.None))!;

    public RolloutRunner Runner(IRolloutTarget target) => new(
        new RolloutPorts(target, Ledger, Locks, Releases, TimeProvider.System),
        new RolloutOptions { Environment = EnvironmentName.Research, Branch = "research", Holder = $"test {Environment.ProcessId}" },
        new Queue(Events));

    public async Task<LedgerChain> Chain() =>
        Assert.IsType<LedgerReading.Whole>(LedgerChain.Read(await Ledger.Read(CancellationToken.None))).Chain;

    /// <summary>The outcome as the expected case, or a failure that says in words what it was instead.</summary>
    public static T Is<T>(RolloutOutcome outcome)
        where T : RolloutOutcome => outcome is T expected
            ? expected
            : throw new Xunit.Sdk.XunitException($"Expected {typeof(T).Name}, but: {OutcomeText.Of(outcome, "research")}");

    /// <summary>Every process that runs for this place, the front included.</summary>
    public IReadOnlyList<ProcessIdentity> Processes() => MarkedProcess.All(mark => mark.StartsWith(State.Folder, StringComparison.Ordinal));

    public void Dispose()
    {
        // A front that is just starting an instance would start it after a single look.
        while (Processes() is { Count: > 0 } left)
        {
            foreach (var process in left)
                Signals.End(process);
            Thread.Yield();
        }

        Directory.Delete(Root, recursive: true);
    }

    private sealed class Queue(ConcurrentQueue<RolloutEvent> events) : IProgress<RolloutEvent>
    {
        public void Report(RolloutEvent value) => events.Enqueue(value);
    }
}
