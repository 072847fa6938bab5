using WasmWizard.Delivery.Kubernetes.Simulator;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Rehearsal;
using WasmWizard.Delivery.Testing;

namespace WasmWizard.Delivery.Kubernetes.Tests;

/// <summary>Requests and the cluster's time never meet, whatever the machine's threads do.</summary>
public sealed class OrderlyTimeSpecs
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly TimeSpan Lease = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task A_renewal_that_falls_due_during_a_step_is_asked_for_after_it_and_answered_before_the_next()
    {
        var cluster = new SimulatedCluster(Start);
        var time = new OrderlyTime(cluster);
        var locks = new InMemoryLockStore(cluster.Clock);
        var (session, _) = await LockSession.Acquire(time.Of(locks), cluster.Clock, "a", "test", Lease, default);
        await using var held = session;

        // A third of the lease is 100 ms: due within each of these steps of at most 250 ms.
        await time.Wait(TimeSpan.FromMilliseconds(130), default);
        var first = (await locks.Read(default))!.Renewed;
        await time.Wait(TimeSpan.FromMilliseconds(400), default);
        var second = (await locks.Read(default))!.Renewed;

        Assert.Equal(TimeSpan.FromMilliseconds(130), first - Start);
        Assert.Equal(TimeSpan.FromMilliseconds(530), second - Start);
    }
}
