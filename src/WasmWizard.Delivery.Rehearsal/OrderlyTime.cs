using WasmWizard.Delivery.Kubernetes.Simulator;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Rehearsal;

/// <summary>
/// Lets a cluster's time pass for a pipeline. A renewal of the lock that falls due during a step begins after it, and ends before time passes
/// on: no request is on its way while time passes, so equal seeds give equal rehearsals whatever the machine's threads do.
/// </summary>
public sealed class OrderlyTime(SimulatedCluster cluster)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly List<Task> _renewals = [];
    private Task _stepped = Task.CompletedTask;

    /// <summary>How the pipeline waits.</summary>
    public async Task Wait(TimeSpan time, CancellationToken cancellation)
    {
        var left = time;
        do
        {
            // A renewal that began before may be the one that is waiting here.
            var earlier = Renewals();
            await Pass(left < Step ? left : Step, cancellation);
            await Task.WhenAll(Renewals().Except(earlier));
            left -= Step;
        }
        while (left > TimeSpan.Zero);

        lock (_gate)
            _renewals.RemoveAll(renewal => renewal.IsCompleted);
    }

    /// <summary>The same lock, whose renewals are waited for.</summary>
    public ILockStore Of(ILockStore locks) => new WaitedFor(locks, this);

    private async Task Pass(TimeSpan step, CancellationToken cancellation)
    {
        var stepped = new TaskCompletionSource();
        _stepped = stepped.Task;
        try
        {
            await cluster.Wait(step, cancellation);
        }
        finally
        {
            stepped.SetResult();
        }
    }

    private IReadOnlyList<Task> Renewals()
    {
        lock (_gate)
            return [.. _renewals];
    }

    private sealed class WaitedFor(ILockStore locks, OrderlyTime time) : ILockStore
    {
        public Task<LockAttempt> TryAcquire(string holder, string reason, TimeSpan lease, CancellationToken cancellation) =>
            locks.TryAcquire(holder, reason, lease, cancellation);

        public async Task<bool> Renew(FencingToken token, CancellationToken cancellation)
        {
            var done = new TaskCompletionSource();
            lock (time._gate)
                time._renewals.Add(done.Task);
            await time._stepped;
            try
            {
                return await locks.Renew(token, cancellation);
            }
            finally
            {
                done.SetResult();
            }
        }

        public Task Release(FencingToken token, CancellationToken cancellation) => locks.Release(token, cancellation);

        public Task<DeploymentLock?> Read(CancellationToken cancellation) => locks.Read(cancellation);

        public Task<bool> Break(string holder, CancellationToken cancellation) => locks.Break(holder, cancellation);
    }
}
