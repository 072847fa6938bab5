using System.Data.Common;
using System.Globalization;

namespace WasmWizard.Service.Data;

/// <summary>
/// Brings the schema forward: each migration in its own transaction together with its row in schema_migrations, so that one
/// that is interrupted has not happened. Running twice changes nothing.
/// </summary>
public sealed class Migrator(IDatabase database, IReadOnlyList<Migration> migrations, TimeProvider clock)
{
    private const string CreateTable = """
        CREATE TABLE IF NOT EXISTS schema_migrations (
            version INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            checksum TEXT NOT NULL,
            applied_at TEXT NOT NULL
        )
        """;

    /// <summary>Changes nothing, not even by creating a file.</summary>
    public async Task<MigrationState> CheckAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenForMigrationAsync(create: false, cancellation);
        return MigrationState.Of(migrations, connection is null ? [] : await RecordedAsync(connection, null, cancellation));
    }

    /// <summary>The names applied now, or the altered ones because of which nothing was applied.</summary>
    public async Task<MigrationReport> MigrateAsync(CancellationToken cancellation)
    {
        await using var connection = (await database.OpenForMigrationAsync(create: true, cancellation))!;
        var done = new List<string>();
        while (true)
        {
            await using var transaction = await database.BeginMigrationAsync(connection, cancellation);
            var state = MigrationState.Of(migrations, await RecordedAsync(connection, transaction, cancellation));
            if (state.Altered.Count > 0)
                return new MigrationReport.Refused(state.Altered);
            var next = migrations.FirstOrDefault(m => state.Pending.Contains(m.Name));
            if (next is null)
                return new MigrationReport.Done(done);
            await connection.ExecuteAsync(CreateTable, transaction, cancellation);
            await connection.ExecuteAsync(next.Sql, transaction, cancellation);
            await RecordAsync(connection, transaction, next, cancellation);
            await transaction.CommitAsync(cancellation);
            done.Add(next.Name);
        }
    }

    private async Task<List<(int, string, string)>> RecordedAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancellation)
    {
        var exists = database.Engine == "sqlite"
            ? "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_migrations'"
            : "SELECT count(*) FROM pg_catalog.pg_class WHERE oid = to_regclass('schema_migrations')";
        await using var look = Sql.Command(connection, exists, transaction);
        if ((long)(await look.ExecuteScalarAsync(cancellation))! == 0)
            return [];
        await using var command = Sql.Command(connection, "SELECT version, name, checksum FROM schema_migrations ORDER BY version", transaction);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<(int, string, string)>();
        while (await reader.ReadAsync(cancellation))
            rows.Add((reader.GetInt32(0), reader.GetString(1), reader.GetString(2)));
        return rows;
    }

    private Task<int> RecordAsync(DbConnection connection, DbTransaction transaction, Migration migration, CancellationToken cancellation) => connection.ExecuteAsync(
        "INSERT INTO schema_migrations (version, name, checksum, applied_at) VALUES (@version, @name, @checksum, @at)",
        transaction,
        cancellation,
        ("version", migration.Version),
        ("name", migration.Name),
        ("checksum", migration.Checksum),
        ("at", clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)));
}

/// <summary>What a migration did.</summary>
public abstract record MigrationReport
{
    private MigrationReport()
    {
    }

    /// <param name="Applied">Names in order; empty when the schema was current.</param>
    public sealed record Done(IReadOnlyList<string> Applied) : MigrationReport;

    /// <param name="Altered">Applied earlier with another text than this binary's; nothing was changed.</param>
    public sealed record Refused(IReadOnlyList<string> Altered) : MigrationReport;
}
