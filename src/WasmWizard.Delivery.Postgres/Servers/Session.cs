using System.Globalization;
using Npgsql;
using WasmWizard.Delivery.Backups;

namespace WasmWizard.Delivery.Postgres.Servers;

/// <summary>A connection whose answers do not depend on the settings of server, role or database, so that equal rows read equal everywhere.</summary>
public sealed class Session : IAsyncDisposable
{
    // Locks are waited for shortly: whoever waits for one makes everybody behind wait as well.
    private const string Settings = """
        SET TIME ZONE 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres'; SET extra_float_digits = 1; SET bytea_output = 'hex';
        SET search_path = ''; SET row_security = off; SET lock_timeout = '30s'; SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0;
        SET client_min_messages = 'warning'
        """;

    private readonly NpgsqlConnection _connection;

    private Session(NpgsqlConnection connection) => _connection = connection;

    public static async Task<Session> Open(PostgresAddress address, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(address.ConnectionString());
        try
        {
            await connection.OpenAsync(cancellation);
            var session = new Session(connection);
            await session.Execute(Settings, cancellation);
            return session;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async Task Execute(string sql, CancellationToken cancellation)
    {
        await using var command = Command(sql);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public async Task<string?> Text(string sql, CancellationToken cancellation)
    {
        await using var command = Command(sql);
        return await command.ExecuteScalarAsync(cancellation) is { } value and not DBNull ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;
    }

    public async Task<IReadOnlyList<string>> Texts(string sql, CancellationToken cancellation) => [.. (await Rows(sql, cancellation)).Select(row => row[0])];

    /// <summary>Every row with every column as text.</summary>
    public async Task<IReadOnlyList<string[]>> Rows(string sql, CancellationToken cancellation)
    {
        await using var command = Command(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<string[]>();
        while (await reader.ReadAsync(cancellation))
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(field => Convert.ToString(reader.GetValue(field), CultureInfo.InvariantCulture) ?? "")]);
        return rows;
    }

    /// <summary>Numbers one by one, for answers that are longer than memory.</summary>
    public async IAsyncEnumerable<long> Stream(string sql, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = Command(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            yield return reader.GetInt64(0);
    }

    /// <summary>Which server this is, and how far its log has come.</summary>
    public async Task<DatabaseOrigin> Origin(CancellationToken cancellation)
    {
        var row = (await Rows("""
            SELECT (SELECT system_identifier FROM pg_catalog.pg_control_system())::text,
                   (CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_replay_lsn() ELSE pg_catalog.pg_current_wal_lsn() END)::text,
                   (pg_catalog.current_setting('server_version_num')::int / 10000)::text
            """, cancellation))[0];
        return new(row[0], row[1], int.Parse(row[2], CultureInfo.InvariantCulture));
    }

    /// <summary>Names of the migrations that were applied; empty where none ever was.</summary>
    public async Task<IReadOnlyList<string>> Migrations(CancellationToken cancellation)
    {
        var table = await Text("SELECT pg_catalog.quote_ident(n.nspname) || '.schema_migrations' FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relname = 'schema_migrations' AND c.relkind = 'r' ORDER BY (n.nspname = 'public') DESC LIMIT 1", cancellation);
        return table is null ? [] : await Texts($"SELECT name FROM {table} ORDER BY version", cancellation);
    }

    /// <summary>It has a table of somebody's making.</summary>
    public async Task<bool> HasTables(CancellationToken cancellation) => await Text(
        "SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_' LIMIT 1",
        cancellation) is not null;

    public static string Quote(string identifier) => "\"" + identifier.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    public static string Literal(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

#pragma warning disable CA2100 // Identifiers cannot be parameters; all that come from outside go through Quote or Literal.
    private NpgsqlCommand Command(string sql) => new(sql, _connection);
#pragma warning restore CA2100
}
