using Microsoft.Extensions.Time.Testing;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Testing;

namespace WasmWizard.Delivery.Tests.Locks;

public sealed class LockSessionSpecs : IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    private readonly FakeTimeProvider _time = new();
    private readonly SimulatedProcess _process = new("ada");
    private readonly InMemoryLockStore _store;

    public LockSessionSpecs() => _store = new InMemoryLockStore(_time);

    public void Dispose() => _process.Dispose();

    [Fact]
    public async Task A_session_renews_by_itself_at_a_third_of_its_lease()
    {
        await using var session = await Acquire();

        for (var i = 0; i < 10; i++)
        {
            _time.Advance(Lease / 3);
        }

        Assert.Equal(10, _process.Effects.Count(effect => effect == "renew lock"));
        Assert.False(session.Lost.IsCancellationRequested);
        Assert.Equal(_time.GetUtcNow(), _store.Current!.Renewed);
    }

    [Fact]
    public async Task A_closed_session_gives_the_lock_back_and_renews_no_more()
    {
        var session = await Acquire();

        Assert.Null(await session.Close());
        Assert.Null(await session.Close());
        _time.Advance(Lease);
        await session.DisposeAsync();

        Assert.Equal(["acquire lock", "release lock"], _process.Effects);
        Assert.Null(_store.Current);
    }

    [Fact]
    public async Task A_lock_in_use_is_shown_and_not_waited_for()
    {
        await using var session = await Acquire();
        using var other = new SimulatedProcess("bob");

        var (none, by) = await LockSession.Acquire(_store.As(other), _time, "bob", "deploy", Lease, default);

        Assert.Null(none);
        Assert.Equal("ada", by!.Holder);
    }

    [Fact]
    public async Task A_broken_lock_is_noticed_by_the_timer()
    {
        await using var session = await Acquire();
        Assert.False(await _store.Break("bob", default));
        Assert.True(await _store.Break("ada", default));

        _time.Advance(Lease / 3);

        Assert.True(session.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task A_holder_that_hung_for_longer_than_its_lease_is_superseded_and_told_so()
    {
        _store.SeesProcesses = false;
        var hangs = true;
        _process.Turn = () => hangs && _process.Effects.Count > 0 ? new TaskCompletionSource().Task : Task.CompletedTask;
        await using var session = await Acquire();
        _time.Advance(Lease);
        using var other = new SimulatedProcess("bob");
        var (next, _) = await LockSession.Acquire(_store.As(other), _time, "bob", "deploy", Lease, default);
        hangs = false;

        Assert.Equal("ada", next!.Superseded!.Holder);
        Assert.True(next.Token > session.Token);
        await Assert.ThrowsAsync<LockLostException>(session.EnsureHeld);
        Assert.True(session.Lost.IsCancellationRequested);
        Assert.Null(await session.Close());
        Assert.Equal("bob", (await _store.Read(default))!.Holder);
        await next.DisposeAsync();
    }

    [Fact]
    public async Task A_store_that_cannot_be_asked_takes_the_lock_away_only_after_the_lease()
    {
        _process.Disturb = (number, _) => number > 1 ? Disturbance.FailBefore : Disturbance.None;
        await using var session = await Acquire();

        _time.Advance(Lease - TimeSpan.FromSeconds(1));
        await session.EnsureHeld();
        Assert.False(session.Lost.IsCancellationRequested);

        _time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<LockLostException>(session.EnsureHeld);
        Assert.True(session.Lost.IsCancellationRequested);
        await Assert.ThrowsAsync<LockLostException>(session.EnsureHeld);
    }

    [Fact]
    public async Task A_lock_that_cannot_be_given_back_is_reported()
    {
        _process.Disturb = (_, what) => what == "release lock" ? Disturbance.FailBefore : Disturbance.None;
        var session = await Acquire();

        Assert.Equal("release lock was made to fail", await session.Close());
        await session.DisposeAsync();
    }

    [Fact]
    public async Task Who_is_cancelled_before_asking_takes_nothing() =>
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => LockSession.Acquire(_store.As(_process), _time, "ada", "deploy", Lease, new CancellationToken(canceled: true)));

    private async Task<LockSession> Acquire() =>
        (await LockSession.Acquire(_store.As(_process), _time, "ada", "deploy", Lease, default)).Session!;
}
