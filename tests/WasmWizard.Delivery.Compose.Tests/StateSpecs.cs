using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
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
    public async Task A_holder_whose_lock_was_ended_learns_it_at_the_next_renewal_however_shortly_it_renewed_before()
    {
        await using var staging = await StagingEnvironment.OpenAsync(engine);
        var locks = staging.Staging.Locks;
        var token = Assert.IsType<LockAttempt.Acquired>(await locks.TryAcquire("ended", "test", Lease, CancellationToken.None)).Lock.Token;
        Assert.True(await locks.Renew(token, CancellationToken.None));
        Assert.True(await locks.Renew(token, CancellationToken.None));

        Assert.True(await locks.Break("ended", CancellationToken.None));
        Assert.False(await locks.Renew(token, CancellationToken.None));
        await locks.TryAcquire("next", "test", Lease, CancellationToken.None);

        Assert.False(await locks.Renew(token, CancellationToken.None));
    }

    [EngineFact]
    public async Task What_somebody_else_wrote_is_read_however_alike_it_is_and_what_is_known_is_not_fetched_again()
    {
        await using var staging = await StagingEnvironment.OpenAsync(engine);
        var (ours, theirs) = (staging.Staging.State, new EngineState(staging.Staging.Engine, staging.Staging.Arrangement));
        Assert.Null(await ours.Read("fact", CancellationToken.None));
        await ours.Write("fact", "one"u8.ToArray(), CancellationToken.None);
        Assert.Equal("one", await Text(theirs));

        await theirs.Write("fact", "two"u8.ToArray(), CancellationToken.None);
        Assert.Equal("two", await Text(ours));

        var fetched = new ConcurrentQueue<string>();
        using var listener = Listen(fetched.Enqueue);
        Assert.Equal("two", await Text(ours));
        Assert.Equal("two", await Text(theirs));
        Assert.Equal(["HEAD", "HEAD"], fetched);
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

    private static async Task<string> Text(EngineState state) => Encoding.ASCII.GetString((await state.Read("fact", CancellationToken.None))!);

    /// <summary>To the method of every request about files of a container.</summary>
    private static ActivityListener Listen(Action<string> heard)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = request =>
            {
                if (request.GetTagItem("url.full") is string url && url.Contains("/archive", StringComparison.Ordinal))
                    heard((string)request.GetTagItem("http.request.method")!);
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
