using Npgsql;
using WasmWizard.Service.Commands;
using WasmWizard.Service.Data;
using WasmWizard.Service.Tests.Servers;

namespace WasmWizard.Service.Tests;

/// <summary>Migrations on a real PostgreSQL: empty, earlier, newer, altered, failing, interrupted, several at once, waiting for a lock.</summary>
[Collection(Backend.Name)]
[Trait("suite", "complete")]
public sealed class PostgresMigrationSpecs(PostgresServer postgres, RedisServer redis) : IAsyncLifetime, IDisposable
{
    private static readonly Migration First = new(1, "0001_first", "CREATE TABLE first (id int);\nINSERT INTO first VALUES (1);\n");
    private static readonly Migration Second = new(2, "0002_second", "ALTER TABLE first ADD COLUMN name text;");
    private static readonly Migration Broken = new(2, "0002_broken", "CREATE TABLE broken (id int); INSERT INTO nowhere VALUES (1);");
    private static readonly Migration Slow = new(2, "0002_slow", "CREATE TABLE slow (id int); SELECT pg_sleep(600);");

    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();
    private readonly TemporaryDirectory _directory = new();
    private string _url = "";
    private PostgresDatabase _database = null!;

    public async Task InitializeAsync()
    {
        if (ServersFactAttribute.Absent() is not null)
            return;
        _url = await postgres.NewDatabaseAsync();
        _database = new PostgresDatabase(_url);
    }

    public async Task DisposeAsync()
    {
        if (_database is not null)
            await _database.DisposeAsync();
    }

    public void Dispose()
    {
        _output.Dispose();
        _errors.Dispose();
        _directory.Dispose();
    }

    [ServersFact]
    public async Task An_empty_database_is_brought_forward_once_and_an_earlier_schema_gets_only_what_is_new()
    {
        Assert.Equal(["0001_first"], (await Migrator(First).CheckAsync(default)).Pending);
        Assert.Equal(["0001_first"], await MigrateAsync(First));
        Assert.Equal(["0002_second"], await MigrateAsync(First, Second));
        Assert.Empty(await MigrateAsync(First, Second));
        Assert.Equal(1, await CountAsync("SELECT count(*) FROM first"));
    }

    [ServersFact]
    public async Task A_newer_schema_is_tolerated_and_an_altered_text_refuses_everything()
    {
        await MigrateAsync(First, Second);
        Assert.Equal(["0002_second"], (await Migrator(First).CheckAsync(default)).Unknown);
        Assert.Empty(await MigrateAsync(First));
        var altered = new Migration(1, "0001_first", First.Sql + "-- altered");
        Assert.Equal(["0001_first"], Assert.IsType<MigrationReport.Refused>(await Migrator(altered).MigrateAsync(default)).Altered);
    }

    [ServersFact]
    public async Task A_migration_that_fails_leaves_nothing_of_itself()
    {
        await Assert.ThrowsAsync<PostgresException>(() => Migrator(First, Broken).MigrateAsync(default));
        Assert.Equal(0, await CountAsync("SELECT count(*) FROM pg_class WHERE relname = 'broken'"));
        Assert.Equal(["0002_second"], await MigrateAsync(First, Second));
    }

    [ServersFact]
    public async Task A_migration_whose_process_dies_has_not_happened()
    {
        await MigrateAsync(First);
        var dying = Migrator(First, Slow).MigrateAsync(default);
        await RunningService.UntilAsync(async () => await CountAsync("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%' AND state = 'active' AND pid <> pg_backend_pid()") == 1);
        await CountAsync("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%' AND pid <> pg_backend_pid()");
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => dying);
        Assert.Equal(0, await CountAsync("SELECT count(*) FROM pg_class WHERE relname = 'slow'"));
        Assert.Equal(["0002_second"], await MigrateAsync(First, Second));
    }

    [ServersFact]
    public async Task Several_at_once_apply_each_migration_once()
    {
        var applied = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => MigrateAsync(First, Second))));
        Assert.Equal(["0001_first", "0002_second"], applied.SelectMany(a => a).Order(StringComparer.Ordinal));
        Assert.Equal(1, await CountAsync("SELECT count(*) FROM first"));
    }

    [ServersFact]
    public async Task A_migration_that_waits_for_a_table_in_use_gives_up_and_has_not_happened()
    {
        await MigrateAsync(First);
        await using var reader = await _database.OpenAsync(default);
        await using var transaction = await reader.BeginTransactionAsync();
        await reader.ExecuteAsync("LOCK TABLE first IN ACCESS SHARE MODE", transaction, default);
        var failure = await Assert.ThrowsAsync<PostgresException>(() => Migrator(First, Second).MigrateAsync(default));
        Assert.Equal(PostgresErrorCodes.LockNotAvailable, failure.SqlState);
        await transaction.RollbackAsync();
        Assert.Equal(["0002_second"], await MigrateAsync(First, Second));
    }

    [ServersFact]
    public async Task The_commands_migrate_check_and_make_keys_that_hold()
    {
        Assert.Equal(3, await RunAsync("check"));
        Assert.Equal(0, await RunAsync("migrate"));
        Assert.Equal(0, await RunAsync("check"));
        var file = _directory.File("key");
        Assert.Equal(0, await RunAsync("admin", "create-key", "--role", "admin", "--tier", "unlimited", "--expires-in-days", "1", "--file", file));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.DoesNotContain((await File.ReadAllTextAsync(file)).Trim(), _output.ToString() + _errors, StringComparison.Ordinal);
        Assert.Equal(0, await RunAsync("admin", "check-key", "--file", file));
        Assert.Equal(2, await RunAsync("admin", "create-key", "--role", "admin", "--tier", "unlimited", "--file", file));
        Assert.Equal(2, await RunAsync("admin", "create-key", "--role", "admin", "--tier", "golden"));
        Assert.Equal(2, await RunAsync("admin", "create-key", "--role", "king", "--tier", "free"));
        Assert.Equal(2, await RunAsync("admin", "create-key", "--role", "user", "--tier", "free", "--user", "admin"));
        await File.WriteAllTextAsync(_directory.File("other"), "ww_no_key");
        Assert.Equal(3, await RunAsync("admin", "check-key", "--file", _directory.File("other")));
        Assert.Equal(2, await RunAsync("admin", "check-key", "--file", _directory.File("absent")));
    }

    [ServersFact]
    public async Task A_database_that_is_not_there_is_told_without_its_address()
    {
        _url = "postgres://wizard:secret@127.0.0.1:1/none";
        Assert.Equal(2, await RunAsync("migrate"));
        Assert.Contains("The database cannot be reached", _errors.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", _errors.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", _errors.ToString(), StringComparison.Ordinal);
    }

    private Migrator Migrator(params Migration[] migrations) => new(_database, migrations, TimeProvider.System);

    private async Task<IReadOnlyList<string>> MigrateAsync(params Migration[] migrations) =>
        Assert.IsType<MigrationReport.Done>(await Migrator(migrations).MigrateAsync(default)).Applied;

    private Task<int> RunAsync(params string[] arguments) => CommandLine.RunAsync(
        arguments,
        new Dictionary<string, string> { ["ENVIRONMENT"] = "production", ["DATABASE_URL"] = _url, ["REDIS_URL"] = redis.Url, ["DATA_PATH"] = _directory.Path },
        _output, _errors, default);

    private async Task<long> CountAsync(string sql)
    {
        await using var connection = await _database.OpenAsync(default);
        await using var command = Sql.Command(connection, sql, null);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
