using System.Data.Common;
using System.Net.Sockets;
using Npgsql;

namespace WasmWizard.Service.Data;

/// <summary>PostgreSQL behind a connection pool. A database that went away and came back is found again by the next request.</summary>
public sealed class PostgresDatabase : IDatabase
{
    /// <summary>Held from the first look to the last migration; the number is any, only it has to be this service's.</summary>
    private const long MigrationLock = 0x5741534d57495a;

    /// <summary>Longer than this a migration does not wait for a table in use: requests queue behind a waiting lock.</summary>
    private const string LockTimeout = "5s";

    private readonly NpgsqlDataSource _source;

    /// <param name="url">postgres://user:password@host:port/database; a secret.</param>
    public PostgresDatabase(string url) => _source = NpgsqlDataSource.Create(PostgresUrl.ToConnectionString(url));

    public string Engine => "postgres";

    public IReadOnlyList<Migration> Migrations => Migration.Postgres;

    public async Task<DbConnection> OpenAsync(CancellationToken cancellation) => await _source.OpenConnectionAsync(cancellation);

    public long? Version() => null;

    /// <summary>All in one round trip.</summary>
    public async Task InsertAsync<T>(
        DbConnection connection, DbTransaction transaction, string table, IReadOnlyList<string> columns, IReadOnlyList<T> rows, Action<T, SqlValue[]> write,
        CancellationToken cancellation)
    {
        var sql = $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(column => $"@{column}"))})";
        await using var batch = connection.CreateBatch();
        batch.Transaction = transaction;
        var values = new SqlValue[columns.Count];
        foreach (var row in rows)
        {
            write(row, values);
            var command = batch.CreateBatchCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++)
                command.Parameters.Add(new NpgsqlParameter(columns[i], values[i].ToParameter()));
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(cancellation);
    }

    public async Task<DbConnection?> OpenForMigrationAsync(bool create, CancellationToken cancellation) => await OpenAsync(cancellation);

    public async Task<DbTransaction> BeginMigrationAsync(DbConnection connection, CancellationToken cancellation)
    {
        var transaction = await connection.BeginTransactionAsync(cancellation);
        await connection.ExecuteAsync($"SELECT pg_advisory_xact_lock({MigrationLock}); SET LOCAL lock_timeout = '{LockTimeout}';", transaction, cancellation);
        return transaction;
    }

    public string Describe(DbException failure) => failure switch
    {
        PostgresException postgres => $"The database answers with an error (PostgreSQL {postgres.SqlState}).",
        { InnerException: SocketException or TimeoutException } => "The database cannot be reached.",
        _ => "The database does not answer.",
    };

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
