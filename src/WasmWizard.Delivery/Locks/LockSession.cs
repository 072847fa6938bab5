using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Locks;

/// <summary>
/// A lock being held: renewed before every step and on a timer in between (a third of the lease, so that two renewals may fail
/// before it matters), given back at the end. Once a renewal says that the lock is somebody else's, or none has worked for a whole
/// lease, <see cref="Lost"/> is cancelled and stays so.
/// </summary>
public sealed class LockSession : IAsyncDisposable
{
    private readonly ILockStore _store;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _lost = new();
    private readonly ITimer _timer;
    private DateTimeOffset _renewed;
    private int _renewing;
    private bool _closed;

    private LockSession(ILockStore store, TimeProvider time, LockAttempt.Acquired acquired, DateTimeOffset asked)
    {
        _store = store;
        _time = time;
        Held = acquired.Lock;
        Superseded = acquired.Superseded;
        _renewed = asked;
        var pace = acquired.Lock.Lease / 3;
        _timer = time.CreateTimer(_ => _ = RenewByTimer(), null, pace, pace);
    }

    /// <summary>The lock as it was taken.</summary>
    public DeploymentLock Held { get; }

    /// <summary>The dead or expired holder whose place was taken; null when the lock was free.</summary>
    public DeploymentLock? Superseded { get; }

    public FencingToken Token => Held.Token;

    /// <summary>Cancelled when the lock is lost; whoever acts under the lock stops at once.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Asks once and never waits.</summary>
    /// <returns>The session, or the lock that stands in the way.</returns>
    public static async Task<(LockSession? Session, DeploymentLock? By)> Acquire(
        ILockStore store, TimeProvider time, string holder, string reason, TimeSpan lease, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var asked = time.GetUtcNow();

        // Not cancellable: an answer that nobody waits for would leave a lock behind that a living process holds.
        return await store.TryAcquire(holder, reason, lease, CancellationToken.None) switch
        {
            LockAttempt.Acquired acquired => (new LockSession(store, time, acquired, asked), null),
            LockAttempt.Held held => (null, held.By),
            var other => throw new System.Diagnostics.UnreachableException(other.GetType().Name),
        };
    }

    /// <summary>Renews now.</summary>
    /// <exception cref="LockLostException">The lock is lost; nothing may be changed any more.</exception>
    internal async Task EnsureHeld()
    {
        if (_lost.IsCancellationRequested || !await TryRenew())
        {
            throw new LockLostException(Held);
        }
    }

    /// <summary>Stops renewing and gives the lock back.</summary>
    /// <returns>Null, or why it could not be given back; it then ends with its lease or its holder's life.</returns>
    public async Task<string?> Close()
    {
        if (_closed)
        {
            return null;
        }

        _closed = true;
        await _timer.DisposeAsync();
        try
        {
            // Also when it seems lost: the store ignores a token that is no longer the holder's.
            await _store.Release(Token, CancellationToken.None);
            return null;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return failure.Message;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Close();
        _lost.Dispose();
    }

    // Synchronous on purpose: whoever acts under the lock has been told before the renewal returns.
    private void Lose() => _lost.Cancel();

    private async Task RenewByTimer()
    {
        if (Interlocked.Exchange(ref _renewing, 1) == 1)
        {
            return;
        }

        try
        {
            if (!_closed)
            {
                await TryRenew();
            }
        }
        finally
        {
            Volatile.Write(ref _renewing, 0);
        }
    }

    private async Task<bool> TryRenew()
    {
        var asked = _time.GetUtcNow();
        bool held;
        try
        {
            held = await _store.Renew(Token, CancellationToken.None);
            if (held)
            {
                _renewed = asked;
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // A store that cannot be asked has not taken the lock away: the lease that was granted still counts.
            held = asked < _renewed + Held.Lease;
        }

        if (!held && !_closed)
        {
            Lose();
        }

        return held;
    }
}
