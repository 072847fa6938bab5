using WasmWizard.Service.Accounts;
using WasmWizard.Service.Data;
using WasmWizard.Service.Tests.Servers;

namespace WasmWizard.Service.Tests;

/// <summary>What is read is never older than the question.</summary>
public class FreshReadsSpecs
{
    [Fact]
    public async Task What_another_process_changes_is_seen_by_the_next_request()
    {
        await using var service = await RunningService.StartAsync(("AUTH_REQUIRED", "true"));
        using var client = service.ClientWith(await service.NewKeyAsync(Tier.Unlimited));
        await using var other = new SqliteDatabase(((SqliteDatabase)service.Database).File);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(200, (await RunningService.ExecuteAsync(client, Guests.Exit(0))).Status);
            await SetAsync("revoked_at = 1");
            Assert.Equal(401, (await RunningService.ExecuteAsync(client, Guests.Exit(0))).Status);
            await SetAsync("revoked_at = NULL");
        }

        async Task SetAsync(string change)
        {
            await using var connection = await other.OpenAsync(CancellationToken.None);
            await connection.ExecuteAsync($"UPDATE api_keys SET {change}", null, CancellationToken.None);
        }
    }

    [Fact]
    public async Task While_nothing_changes_a_row_is_read_once_and_what_is_not_there_each_time()
    {
        var database = new Counting { Number = 1 };
        var reads = new FreshReads<string>(database, database.ReadAsync, maxRemembered: 2);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("a1", await reads.FindAsync("a", default));
            Assert.Null(await reads.FindAsync("absent", default));
        }

        Assert.Equal(["a", "absent", "absent", "absent"], database.Asked);
        database.Number = 2;
        Assert.Equal("a2", await reads.FindAsync("a", default));
    }

    [Fact]
    public async Task Rows_in_memory_are_bounded()
    {
        var database = new Counting { Number = 1 };
        var reads = new FreshReads<string>(database, database.ReadAsync, maxRemembered: 2);
        foreach (var key in "abca")
            Assert.Equal($"{key}1", await reads.FindAsync($"{key}", default));
        Assert.Equal(["a", "b", "c", "a"], database.Asked);
    }

    [Fact]
    public async Task Those_who_ask_during_a_look_share_the_next_one()
    {
        var database = new Counting { Held = new TaskCompletionSource() };
        var reads = new FreshReads<string>(database, database.ReadAsync, maxRemembered: 2);
        var first = reads.FindAsync("a", default).AsTask();
        using var leave = new CancellationTokenSource();
        var leaving = reads.FindAsync("b", leave.Token).AsTask();
        Task<string?>[] others = [.. "a b a absent".Split(' ').Select(key => reads.FindAsync(key, default).AsTask())];
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        Assert.Equal(["a"], database.Asked);
        database.Content = "changed";
        database.Held.SetResult();
        await first;
        Assert.Equal("achanged bchanged achanged nothing", string.Join(' ', (await Task.WhenAll(others)).Select(row => row ?? "nothing")));
        Assert.Equal(["a", "b,a,absent"], database.Asked);
    }

    [Fact]
    public async Task A_look_that_fails_fails_those_who_wait_for_it_and_nobody_else()
    {
        var database = new Counting { Held = new TaskCompletionSource() };
        var reads = new FreshReads<string>(database, database.ReadAsync, maxRemembered: 2);
        var failing = reads.FindAsync("a", default).AsTask();
        database.Held.SetException(new InvalidOperationException("away"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => failing);
        database.Held = new TaskCompletionSource();
        database.Held.SetResult();
        Assert.Equal("a", await reads.FindAsync("a", default));
    }

    [Fact]
    public async Task A_row_may_be_as_old_as_the_version_that_was_seen_and_no_older()
    {
        var database = new Counting { Number = 1 };
        var reads = new FreshReads<string>(database, database.ReadAsync, maxRemembered: 2);
        await reads.FindAsync("key", CancellationToken.None);
        database.Number = 2;
        Assert.Equal("key1", await reads.FindAsync("key", CancellationToken.None, seen: 1));
        Assert.Equal("key2", await reads.FindAsync("key", CancellationToken.None, seen: 2));
        Assert.Equal("key2", await reads.FindAsync("key", CancellationToken.None));
        Assert.Equal(2, database.Asked.Count);
    }

    /// <summary>Has every row but "absent"; its version is <see cref="Number"/>, and its look takes as long as <see cref="Held"/> says.</summary>
    private sealed class Counting : AbsentDatabase
    {
        public long? Number { get; set; }

        public string Content { get; set; } = "";

        public TaskCompletionSource? Held { get; set; }

        public List<string> Asked { get; } = [];

        public override long? Version() => Number;

        public async Task<IReadOnlyDictionary<string, string>> ReadAsync(IReadOnlyCollection<string> keys, CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            Asked.Add(string.Join(',', keys));
            if (Held is { } held)
                await held.Task;
            return keys.Where(key => key != "absent").ToDictionary(key => key, key => $"{key}{Number}{Content}");
        }
    }
}
