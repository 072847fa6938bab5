using WasmWizard.Service.Data;

namespace WasmWizard.Service.Tests;

public sealed class MigrationSpecs : IDisposable
{
    private static readonly Migration First = new(1, "0001_first", "CREATE TABLE first (id INTEGER);\nINSERT INTO first VALUES (1);\n");
    private static readonly Migration Second = new(2, "0002_second", "CREATE TABLE second (id INTEGER);");
    private static readonly Migration Broken = new(2, "0002_broken", "CREATE TABLE broken (id INTEGER); INSERT INTO nowhere VALUES (1);");

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Looking_at_a_database_that_is_not_there_creates_none()
    {
        var state = await Migrator(First).CheckAsync(CancellationToken.None);
        Assert.Equal(["0001_first"], state.Pending);
        Assert.False(state.IsCurrent);
        Assert.Empty(Directory.GetFiles(_directory.Path));
    }

    [Fact]
    public async Task An_empty_database_is_brought_forward_once()
    {
        Assert.Equal(["0001_first", "0002_second"], await MigrateAsync(First, Second));
        Assert.Empty(await MigrateAsync(First, Second));
        Assert.Equal(1, await CountAsync("SELECT count(*) FROM first"));
        Assert.True((await Migrator(First, Second).CheckAsync(CancellationToken.None)).IsCurrent);
    }

    [Fact]
    public async Task An_earlier_schema_gets_only_what_is_new()
    {
        await MigrateAsync(First);
        Assert.Equal(["0002_second"], await MigrateAsync(First, Second));
    }

    [Fact]
    public async Task A_newer_schema_than_the_binary_is_tolerated()
    {
        await MigrateAsync(First, Second);
        var state = await Migrator(First).CheckAsync(CancellationToken.None);
        Assert.Equal((true, 1), (state.IsCurrent, state.Applied.Count));
        Assert.Equal(["0002_second"], state.Unknown);
        Assert.Empty(await MigrateAsync(First));
    }

    [Fact]
    public async Task An_altered_text_refuses_everything()
    {
        await MigrateAsync(First);
        var altered = new Migration(1, "0001_first", First.Sql + "-- altered");
        var report = await Migrator(altered, Second).MigrateAsync(CancellationToken.None);
        Assert.Equal(["0001_first"], Assert.IsType<MigrationReport.Refused>(report).Altered);
        var state = await Migrator(altered, Second).CheckAsync(CancellationToken.None);
        Assert.Equal((false, 1), (state.IsCurrent, state.Pending.Count));
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_nothing_of_itself()
    {
        await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => Migrator(First, Broken).MigrateAsync(CancellationToken.None));
        Assert.Equal(0, await CountAsync("SELECT count(*) FROM sqlite_master WHERE name = 'broken'"));
        Assert.Equal(["0001_first"], (await Migrator(First, Broken).CheckAsync(CancellationToken.None)).Applied);
        Assert.Equal(["0002_second"], await MigrateAsync(First, Second));
    }

    [Fact]
    public async Task Several_at_once_apply_each_migration_once()
    {
        var applied = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => MigrateAsync(First, Second))));
        Assert.Equal(["0001_first", "0002_second"], applied.SelectMany(a => a).Order(StringComparer.Ordinal));
        Assert.Equal(1, await CountAsync("SELECT count(*) FROM first"));
    }

    [Fact]
    public void Line_ends_do_not_change_a_checksum() =>
        Assert.Equal(First.Checksum, new Migration(1, "0001_first", First.Sql.ReplaceLineEndings("\r\n")).Checksum);

    [Fact]
    public void The_migrations_of_the_binary_are_numbered_without_gaps() =>
        Assert.Equal(Enumerable.Range(1, Migration.Sqlite.Count), Migration.Sqlite.Select(m => m.Version));

    private Migrator Migrator(params Migration[] migrations) => new(new SqliteDatabase(_directory.File("test.db")), migrations, TimeProvider.System);

    private async Task<IReadOnlyList<string>> MigrateAsync(params Migration[] migrations) =>
        Assert.IsType<MigrationReport.Done>(await Migrator(migrations).MigrateAsync(CancellationToken.None)).Applied;

    private async Task<long> CountAsync(string sql)
    {
        await using var connection = await new SqliteDatabase(_directory.File("test.db")).OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements stand in this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
