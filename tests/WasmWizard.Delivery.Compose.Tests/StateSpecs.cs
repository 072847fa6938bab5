using WasmWizard.Delivery.Compose.State;
using WasmWizard.Delivery.Compose.Tests.Fixtures;
using WasmWizard.Delivery.Locks;

namespace WasmWizard.Delivery.Compose.Tests;

/// <summary>Lock, ledger and releases on a real engine.</summary>
[Collection(OneEngine.Name)]
[Trait("suite", "complete")]
public sealed class StateSpecs(StagingEngine engine)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    [EngineFact]
    public async Task One_of_many_gets_the_lock_and_tokens_only_grow()
    {
        await using var staging = await StagingEnvironment.OpenAsync(engine);
        var locks = staging.Staging.Locks;

        var attempts = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => locks.TryAcquire($"holder {number}", "test", Lease, CancellationToken.None)));

        var acquired = Assert.Single(attempts.OfType<LockAttempt.Acquired>()).Lock;
        Assert.Equal(7, attempts.OfType<LockAttempt.Held>().Count());
        Assert.Equal(acquired.Holder, (await locks.Read(CancellationToken.None))!.Holder);
        Assert.True(await locks.Renew(acquired.Token, CancellationToken.None));
        Assert.True((await locks.Read(CancellationToken.None))!.Renewed > acquired.Renewed);
        Assert.False(await locks.Break("somebody else", CancellationToken.None));
        await locks.Release(acquired.Token, CancellationToken.None);
        Assert.Null(await locks.Read(CancellationToken.None));
        Assert.False(await locks.Renew(acquired.Token, CancellationToken.None));
        var next = Assert.IsType<LockAttempt.Acquired>(await locks.TryAcquire("next", "test", Lease, CancellationToken.None));
        Assert.True(next.Lock.Token > acquired.Token);
        Assert.True(await locks.Break("next", CancellationToken.None));
    }

    [EngineFact]
    public async Task A_lock_whose_lease_has_run_out_is_taken_over()
    {
        await using var staging = await StagingEnvironment.OpenAsync(engine);
        var locks = staging.Staging.Locks;
        await locks.TryAcquire("slow", "test", TimeSpan.FromTicks(1), CancellationToken.None);

        var acquired = Assert.IsType<LockAttempt.Acquired>(await locks.TryAcquire("next", "test", Lease, CancellationToken.None));

        Assert.Equal("slow", acquired.Superseded!.Holder);
    }

    [EngineFact]
    public async Task A_torn_entry_is_cut_off_and_written_over()
    {
        await using var staging = await StagingEnvironment.OpenAsync(engine);
        var ledger = new EngineLedgerStore(staging.Staging.State);
        Assert.Empty((await ledger.Read(CancellationToken.None)).Entries);
        await staging.Staging.State.Write("ledger/00000001.json", "{\"ordinal\":1"u8.ToArray(), CancellationToken.None);

        var torn = await ledger.Read(CancellationToken.None);
        var after = await ledger.Read(CancellationToken.None);

        Assert.Equal(("{\"ordinal\":1", 0), (torn.TornTail, torn.Entries.Count));
        Assert.Null(after.TornTail);
    }

    [EngineFact]
    public async Task A_release_holds_its_secrets_byte_for_byte_or_does_not_hold()
    {
        await using var staging = await StagingEnvironment.OpenAsync(engine);
        var release = await staging.ReleaseAsync("kept");
        var releases = staging.Staging.Releases;
        Assert.False(await releases.Holds(release, CancellationToken.None));

        await releases.Add(release, new Dictionary<string, byte[]> { ["database_url"] = "one"u8.ToArray() }, CancellationToken.None);

        Assert.True(await releases.Holds(release, CancellationToken.None));
        Assert.Equal(release, await releases.Find(release.Id, CancellationToken.None));
        Assert.Equal([release], await releases.All(CancellationToken.None));
        await releases.Remove(release.Id, CancellationToken.None);
        Assert.Empty(await releases.All(CancellationToken.None));
    }
}
