using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using WasmWizard.Delivery.Local.State;
using WasmWizard.Delivery.Local.Tests.Fixtures;
using WasmWizard.Delivery.Locks;

namespace WasmWizard.Delivery.Local.Tests;

public sealed class LockSpecs : IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    private readonly Place _place = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    private LocalLockStore Store => new(_place.State, _time);

    [Fact]
    public async Task A_free_lock_is_taken_and_given_back()
    {
        var acquired = await Acquire("first");

        Assert.Equal(new FencingToken(1), acquired.Lock.Token);
        Assert.Equal("first", (await Store.Read(default))?.Holder);
        await Store.Release(acquired.Lock.Token, default);
        Assert.Null(await Store.Read(default));
    }

    [Fact]
    public async Task The_token_grows_also_when_the_lock_was_free_in_between()
    {
        await Store.Release((await Acquire("first")).Lock.Token, default);

        Assert.Equal(new FencingToken(2), (await Acquire("second")).Lock.Token);
    }

    [Fact]
    public async Task Of_many_at_once_one_gets_it()
    {
        var attempts = await Task.WhenAll(Enumerable.Range(0, 16)
            .Select(number => Task.Run(() => Store.TryAcquire($"holder {number}", "test", Lease, default))));

        Assert.Single(attempts.OfType<LockAttempt.Acquired>());
    }

    [Fact]
    public async Task A_living_holder_in_another_process_is_respected_and_a_killed_one_is_superseded_at_once()
    {
        using var pipeline = await Pipeline.HoldLock(_place);
        Assert.Equal("driver", Assert.IsType<LockAttempt.Held>(await Store.TryAcquire("second", "test", Lease, default)).By.Holder);

        await pipeline.Kill();

        var acquired = await Acquire("second");
        Assert.Equal("driver", acquired.Superseded?.Holder);
        Assert.Equal(new FencingToken(2), acquired.Lock.Token);
    }

    [Fact]
    public async Task A_dead_holder_is_still_shown()
    {
        using var pipeline = await Pipeline.HoldLock(_place);
        await pipeline.Kill();

        Assert.Equal("driver", (await Store.Read(default))?.Holder);
    }

    [Fact]
    public async Task A_pid_that_was_given_to_another_process_does_not_keep_the_lock()
    {
        await Acquire("first");
        Edit(holder => holder["process"]!["start"] = "1");

        Assert.Equal("first", (await Acquire("second")).Superseded?.Holder);
    }

    [Fact]
    public async Task A_holder_on_another_machine_is_respected_until_its_lease_is_over()
    {
        await Acquire("first");
        Edit(holder => holder["machine"] = "elsewhere/boot/pid:[1]");
        _time.Advance(Lease - TimeSpan.FromMilliseconds(1));
        Assert.IsType<LockAttempt.Held>(await Store.TryAcquire("second", "test", Lease, default));

        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal("first", (await Acquire("second")).Superseded?.Holder);
    }

    [Fact]
    public async Task A_renewal_extends_the_lease()
    {
        var acquired = await Acquire("first");
        _time.Advance(Lease / 2);
        Assert.True(await Store.Renew(acquired.Lock.Token, default));
        _time.Advance(Lease - TimeSpan.FromSeconds(1));

        Assert.IsType<LockAttempt.Held>(await Store.TryAcquire("second", "test", Lease, default));
    }

    [Fact]
    public async Task A_hanging_holder_loses_the_lock_with_its_lease_and_is_told_so()
    {
        var first = await Acquire("first");
        _time.Advance(Lease);
        var second = await Acquire("second");

        Assert.False(await Store.Renew(first.Lock.Token, default));
        await Store.Release(first.Lock.Token, default);
        Assert.True(await Store.Renew(second.Lock.Token, default));
    }

    [Fact]
    public async Task A_person_breaks_the_lock_by_name_only()
    {
        var acquired = await Acquire("first");
        Assert.False(await Store.Break("somebody else", default));
        Assert.True(await Store.Break("first", default));

        Assert.False(await Store.Renew(acquired.Lock.Token, default));
        Assert.False(await Store.Break("first", default));
    }

    [Fact]
    public async Task A_file_that_is_no_lock_is_an_error_that_names_it()
    {
        await Acquire("first");
        await File.WriteAllTextAsync(_place.State.Lock, "{");

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => Store.Read(default));

        Assert.Contains(_place.State.Lock, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_full_disk_the_lock_is_renewed_and_given_back()
    {
        await using var disk = await SmallDisk.Mount(megabytes: 1);
        using var place = new Place(disk.Sub("place"));
        var store = new LocalLockStore(place.State, _time);
        var acquired = Assert.IsType<LockAttempt.Acquired>(await store.TryAcquire("first", "test", Lease, default));
        disk.Fill();

        Assert.True(await store.Renew(acquired.Lock.Token, default));
        await store.Release(acquired.Lock.Token, default);

        Assert.Null(await store.Read(default));
        Assert.IsType<LockAttempt.Acquired>(await store.TryAcquire("second", "test", Lease, default));
    }

    public void Dispose() => _place.Dispose();

    private async Task<LockAttempt.Acquired> Acquire(string holder) =>
        Assert.IsType<LockAttempt.Acquired>(await Store.TryAcquire(holder, "test", Lease, default));

    private void Edit(Action<JsonNode> change)
    {
        var content = JsonNode.Parse(File.ReadAllText(_place.State.Lock))!;
        change(content["holder"]!);
        File.WriteAllText(_place.State.Lock, content.ToJsonString());
    }
}
