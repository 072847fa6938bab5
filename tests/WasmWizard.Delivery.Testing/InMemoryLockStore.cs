using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Testing;

/// <summary>A lock in memory that several processes may contend for, each through its own <see cref="As"/>; it sees who is dead.</summary>
public sealed class InMemoryLockStore : ILockStore
{
    private readonly Storage _storage;
    private readonly SimulatedProcess _process;
    private readonly TimeProvider _time;

    public InMemoryLockStore(TimeProvider time)
        : this(new Storage(), new SimulatedProcess("somebody"), time)
    {
    }

    private InMemoryLockStore(Storage storage, SimulatedProcess process, TimeProvider time) => (_storage, _process, _time) = (storage, process, time);

    /// <summary>False: holders are on other machines, so only the lease ends a lock. Default: true.</summary>
    public bool SeesProcesses
    {
        get => _storage.SeesProcesses;
        set => _storage.SeesProcesses = value;
    }

    /// <summary>The lock, past every process; null when free.</summary>
    public DeploymentLock? Current => _storage.Current;

    /// <summary>The same lock as <paramref name="process"/> reaches it.</summary>
    public InMemoryLockStore As(SimulatedProcess process) => new(_storage, process, _time);

    public Task<LockAttempt> TryAcquire(string holder, string reason, TimeSpan lease, CancellationToken cancellation) =>
        _process.Effect<LockAttempt>("acquire lock", () =>
        {
            lock (_storage)
            {
                var now = _time.GetUtcNow();
                var before = _storage.Current;
                if (LockRule.Decide(before, LifeOfOwner(), now) == LockDecision.Respect)
                {
                    return new LockAttempt.Held(before!);
                }

                _storage.Greatest = LockRule.Next(_storage.Greatest);
                _storage.Current = new DeploymentLock(holder, now, lease, now, _storage.Greatest, reason);
                _storage.Owner = _process;
                return new LockAttempt.Acquired(_storage.Current, before);
            }
        });

    public Task<bool> Renew(FencingToken token, CancellationToken cancellation) => _process.Effect("renew lock", () =>
    {
        lock (_storage)
        {
            if (_storage.Current?.Token != token)
            {
                return false;
            }

            _storage.Current = _storage.Current with { Renewed = _time.GetUtcNow() };
            return true;
        }
    });

    public Task Release(FencingToken token, CancellationToken cancellation) => _process.Effect("release lock", () =>
    {
        lock (_storage)
        {
            var held = _storage.Current?.Token == token;
            _storage.Current = held ? null : _storage.Current;
            return held;
        }
    });

    public Task<DeploymentLock?> Read(CancellationToken cancellation) => _process.Read(() => _storage.Current);

    public Task<bool> Break(string holder, CancellationToken cancellation) => _process.Effect("break lock", () =>
    {
        lock (_storage)
        {
            var held = _storage.Current?.Holder == holder;
            _storage.Current = held ? null : _storage.Current;
            return held;
        }
    });

    private HolderLife LifeOfOwner() => (_storage.SeesProcesses, _storage.Owner?.IsAlive) switch
    {
        (true, true) => HolderLife.Alive,
        (true, false) => HolderLife.ProvablyDead,
        _ => HolderLife.Unknown,
    };

    private sealed class Storage
    {
        public DeploymentLock? Current { get; set; }

        public SimulatedProcess? Owner { get; set; }

        public FencingToken Greatest { get; set; }

        public bool SeesProcesses { get; set; } = true;
    }
}
