using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.Rollouts;

namespace WasmWizard.Delivery.Testing;

/// <summary>
/// A world with its ledger and lock, shared by processes that deploy to it. It watches, after every single change, that once a
/// release was recorded as healthy something serves until somebody begins a stop, and that nobody who lost the lock changes anything
/// once the next holder has recorded a step; what breaks this stands in <see cref="InMemoryWorld.Violations"/>.
/// </summary>
public sealed class SimulatedEnvironment
{
    private readonly TimeProvider _time;
    private bool _mustServe;
    private FencingToken _begun;

    public SimulatedEnvironment(TimeProvider time)
    {
        _time = time;
        World = new InMemoryWorld(time);
        Locks = new InMemoryLockStore(time);
        Ledger.Appended = Remember;
        World.Changed = (what, token) =>
        {
            if (token < _begun)
            {
                World.Violations.Add($"a holder that lost the lock did {what}: token {token}, {_begun} had begun");
            }

            if (_mustServe && World.Serving is null)
            {
                World.Violations.Add($"nothing serves after {what}");
            }
        };
    }

    public InMemoryWorld World { get; }

    public InMemoryLedgerStore Ledger { get; } = new();

    public InMemoryLockStore Locks { get; }

    /// <summary>What every runner reported, in order.</summary>
    public List<RolloutEvent> Events { get; } = [];

    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(60);

    public TimeSpan UndoTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>What the ledger says about rollouts; it must be whole.</summary>
    public RolloutHistory History => Ledger.Verify() is LedgerReading.Whole whole
        ? RolloutHistory.Of(whole.Chain)
        : throw new InvalidOperationException($"The ledger is broken: {Ledger.Verify()}");

    /// <summary>Everything that can be compared between two moments.</summary>
    public string Fingerprint =>
        $"{Ledger.Lines.Count} {Locks.Current} {World.Route} {string.Join(',', World.Instances.Keys.Order())} {string.Join(',', World.Schema)} "
        + $"{World.Backups.Count} {World.Tag} {string.Join(',', World.Stored.Select(release => release.Id))}";

    public RolloutRunner Runner(SimulatedProcess process)
    {
        var target = new InMemoryTarget(World, process);
        var options = new RolloutOptions
        {
            Environment = EnvironmentName.Research,
            Branch = "research",
            Holder = process.Name,
            Lease = Lease,
            UndoTime = UndoTime,
        };
        return new RolloutRunner(
            new RolloutPorts(target, Ledger.As(process), Locks.As(process), target, _time), options, new Listener(Events.Add));
    }

    /// <summary>Deploys by an undisturbed process of its own.</summary>
    public async Task<RolloutOutcome> Deploy(Release wanted)
    {
        using var process = new SimulatedProcess("quiet");
        return await Runner(process).Deploy(wanted, null, process.Asked);
    }

    /// <summary>Goes back by an undisturbed process of its own.</summary>
    public async Task<RolloutOutcome> Rollback(ReleaseId? to = null)
    {
        using var process = new SimulatedProcess("quiet");
        return await Runner(process).Rollback(to, null, process.Asked);
    }

    /// <summary>Stops by an undisturbed process of its own.</summary>
    public async Task<RolloutOutcome> Stop()
    {
        using var process = new SimulatedProcess("quiet");
        return await Runner(process).Stop(process.Asked);
    }

    private void Remember(LedgerEntry entry)
    {
        _mustServe = entry switch
        {
            { Step: null, Outcome: LedgerOutcomes.Healthy } => true,
            { Step: null, Action: LedgerActions.Stop, Outcome: LedgerOutcomes.Started } => false,
            _ => _mustServe,
        };
        if (entry.Step is not null && Locks.Current is { } held && held.Holder == entry.By)
        {
            _begun = held.Token;
        }
    }

    private sealed class Listener(Action<RolloutEvent> heard) : IProgress<RolloutEvent>
    {
        public void Report(RolloutEvent value) => heard(value);
    }
}
