using System.Globalization;
using Microsoft.Data.Sqlite;
using WasmWizard.Service.Data;
using WasmWizard.Service.Tests.Servers;

namespace WasmWizard.Service.Tests;

/// <summary>SQLite's version, read from the memory that its connections share.</summary>
public sealed class WalIndexSpecs : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SqliteDatabase _database;

    public WalIndexSpecs() => _database = new SqliteDatabase(_directory.File("wasm-wizard.db"));

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Each_commit_makes_another_version()
    {
        await MakeAsync();
        var versions = new HashSet<long>();
        for (var i = 0; i < 3000; i++)
        {
            await SqlAsync("UPDATE counter SET n = n + 1");
            Assert.True(versions.Add(_database.Version()!.Value), $"commit {i} has the version of an earlier one");
        }
    }

    [Theory]
    [InlineData("SELECT n FROM counter")]
    [InlineData("BEGIN IMMEDIATE; UPDATE counter SET n = n + 1; ROLLBACK")]
    [InlineData("PRAGMA wal_checkpoint(PASSIVE)")]
    [InlineData("PRAGMA wal_checkpoint(TRUNCATE)")]
    public async Task What_changes_no_row_leaves_the_version_as_it_is(string sql)
    {
        await MakeAsync();
        var version = _database.Version();
        await SqlAsync(sql);
        Assert.Equal(version, _database.Version());
        await SqlAsync("UPDATE counter SET n = n + 1");
        Assert.NotEqual(version, _database.Version());
    }

    [Fact]
    public async Task A_commit_of_another_process_makes_another_version()
    {
        await using var other = await ServiceProcess.StartAsync(("DATA_PATH", _directory.Path));
        var version = _database.Version();
        Assert.NotNull(version);
        Assert.Equal(version, _database.Version());
        await other.NewKeyAsync("free");
        Assert.NotEqual(version, _database.Version());
    }

    /// <summary>The count of commits begins anew when an index is rebuilt after a crash: what the log says has to make the difference.</summary>
    [Fact]
    public async Task Two_logs_of_equal_length_have_different_versions_also_when_their_index_is_rebuilt()
    {
        await MakeAsync();
        Assert.NotEqual(await VersionAfterCrashAsync("one"), await VersionAfterCrashAsync("two"));

        async Task<long?> VersionAfterCrashAsync(string name)
        {
            await SqlAsync("PRAGMA wal_checkpoint(TRUNCATE)");
            await SqlAsync("UPDATE counter SET n = n + 1");
            foreach (var end in new[] { "", "-wal" })
                File.Copy(_directory.File($"wasm-wizard.db{end}"), _directory.File($"{name}.db{end}"));
            await using var recovered = new SqliteDatabase(_directory.File($"{name}.db"));
            return recovered.Version();
        }
    }

    [Fact]
    public async Task A_database_in_another_mode_has_no_version_until_it_has_a_log()
    {
        await using (var connection = new SqliteConnection($"Data Source={_database.File};Pooling=false"))
        {
            await connection.OpenAsync();
            await connection.ExecuteAsync("CREATE TABLE counter (n INTEGER NOT NULL)", null, CancellationToken.None);
        }

        Assert.Null(_database.Version());
        await SqlAsync("INSERT INTO counter VALUES (0)");
        Assert.NotNull(_database.Version());
    }

    [Fact]
    public async Task No_row_that_is_remembered_is_older_than_a_commit_that_came_before_the_question()
    {
        await MakeAsync();
        var reads = new FreshReads<string>(_database, ReadAsync, maxRemembered: 8);
        var committed = 0;
        var over = false;
        using var asking = new CountdownEvent(4);
        var askers = Enumerable.Range(0, asking.InitialCount).Select(_ => Task.Factory.StartNew(Ask, TaskCreationOptions.LongRunning)).ToArray();
        asking.Wait();
        for (var i = 1; i <= 3000; i++)
        {
            await SqlAsync("UPDATE counter SET n = n + 1");
            Volatile.Write(ref committed, i);
        }

        Volatile.Write(ref over, true);
        await Task.WhenAll(askers);

        void Ask()
        {
            asking.Signal();
            while (!Volatile.Read(ref over))
            {
                var least = Volatile.Read(ref committed);
                var row = int.Parse(reads.FindAsync("n", CancellationToken.None).AsTask().GetAwaiter().GetResult()!, CultureInfo.InvariantCulture);
                Assert.True(row >= least, $"{row} was read after {least} had been committed");
            }
        }
    }

    private async Task MakeAsync()
    {
        await using (await _database.OpenForMigrationAsync(create: true, CancellationToken.None))
            await SqlAsync("CREATE TABLE counter (n INTEGER NOT NULL); INSERT INTO counter VALUES (0)");
        Assert.NotNull(_database.Version());
    }

    private async Task SqlAsync(string sql)
    {
        await using var connection = await _database.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(sql, null, CancellationToken.None);
    }

    private async Task<IReadOnlyDictionary<string, string>> ReadAsync(IReadOnlyCollection<string> keys, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenAsync(cancellation);
        var rows = await connection.QueryAsync("SELECT n FROM counter", r => r.GetInt64(0).ToString(CultureInfo.InvariantCulture), cancellation);
        return keys.ToDictionary(key => key, _ => rows[0]);
    }
}
