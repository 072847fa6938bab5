using WasmWizard.Delivery.Locks;

namespace WasmWizard.Delivery.Ports;

/// <summary>Where an environment's lock lives. At most one caller holds it at any time, across processes and machines that reach the store.</summary>
public interface ILockStore
{
    /// <summary>
    /// Takes the lock when it is free, when its holder is provably dead, or when its lease has run out; never waits.
    /// Every success has a greater token than any earlier success.
    /// </summary>
    Task<LockAttempt> TryAcquire(string holder, string reason, TimeSpan lease, CancellationToken cancellation);

    /// <summary>Extends the lease; false when the lock is no longer the caller's, who must then stop acting.</summary>
    Task<bool> Renew(FencingToken token, CancellationToken cancellation);

    /// <summary>Gives the lock back; does nothing when it is no longer the caller's.</summary>
    Task Release(FencingToken token, CancellationToken cancellation);

    /// <summary>Who holds it; null when free. A dead holder is still shown.</summary>
    Task<DeploymentLock?> Read(CancellationToken cancellation);

    /// <summary>Ends the lock of <paramref name="holder"/> by decision of a person; false when somebody else or nobody holds it.</summary>
    Task<bool> Break(string holder, CancellationToken cancellation);
}
