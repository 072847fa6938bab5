using System.Globalization;
using Microsoft.Data.Sqlite;

namespace WasmWizard.Service.Data;

/// <summary>
/// Brings the schema forward: each migration in its own transaction together with its row in schema_migrations, so that one
/// that is interrupted has not happened. Running twice changes nothing.
/// </summary>
public sealed class Migrator(SqliteDatabase database, IReadOnlyList<Migration> migrations, TimeProvider clock)
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
        if (!File.Exists(database.File))
            return MigrationState.Of(migrations, []);
        await using var connection = await database.OpenAsync(cancellation);
        return MigrationState.Of(migrations, await RecordedAsync(connection, null, cancellation));
    }

    /// <summary>The names applied now, or the altered ones because of which nothing was applied.</summary>
    public async Task<MigrationReport> MigrateAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenOrCreateAsync(cancellation);
        await ExecuteAsync(connection, null, CreateTable, cancellation);
        var done = new List<string>();
        while (true)
        {
            // The write lock is taken before looking, so that two migrations at once take turns.
            await using var transaction = connection.BeginTransaction(deferred: false);
            var state = MigrationState.Of(migrations, await RecordedAsync(connection, transaction, cancellation));
            if (state.Altered.Count > 0)
                return new MigrationReport.Refused(state.Altered);
            var next = migrations.FirstOrDefault(m => state.Pending.Contains(m.Name));
            if (next is null)
                return new MigrationReport.Done(done);
            await ExecuteAsync(connection, transaction, next.Sql, cancellation);
            await RecordAsync(connection, transaction, next, cancellation);
            await transaction.CommitAsync(cancellation);
            done.Add(next.Name);
        }
    }

    private static async Task<List<(int, string, string)>> RecordedAsync(SqliteConnection connection, SqliteTransaction? transaction, CancellationToken cancellation)
    {
        await using var exists = connection.CreateCommand();
        exists.Transaction = transaction;
        exists.CommandText = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_migrations'";
        if ((long)(await exists.ExecuteScalarAsync(cancellation))! == 0)
            return [];
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT version, name, checksum FROM schema_migrations ORDER BY version";
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<(int, string, string)>();
        while (await reader.ReadAsync(cancellation))
            rows.Add((reader.GetInt32(0), reader.GetString(1), reader.GetString(2)));
        return rows;
    }

    private async Task RecordAsync(SqliteConnection connection, SqliteTransaction transaction, Migration migration, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT INTO schema_migrations (version, name, checksum, applied_at) VALUES ($version, $name, $checksum, $at)";
        command.Parameters.AddWithValue("$version", migration.Version);
        command.Parameters.AddWithValue("$name", migration.Name);
        command.Parameters.AddWithValue("$checksum", migration.Checksum);
        command.Parameters.AddWithValue("$at", clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture));
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task ExecuteAsync(SqliteConnection connection, SqliteTransaction? transaction, string sql, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // The text is a migration embedded in this assembly.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellation);
    }
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
