using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace WasmWizard.Service.Data;

/// <summary>The embedded database: one file in WAL mode, so that readers and the one writer do not wait for each other.</summary>
public sealed class SqliteDatabase(string file) : IDatabase
{
    /// <summary>How long a writer waits for another process's lock, in milliseconds.</summary>
    private const int BusyTimeout = 5000;

    public string File => file;

    public string Engine => "sqlite";

    public IReadOnlyList<Migration> Migrations => Migration.Sqlite;

    /// <summary>Opens the file that exists; a missing one is an error here, because only a migration creates it.</summary>
    public async Task<DbConnection> OpenAsync(CancellationToken cancellation) => await OpenAsync(SqliteOpenMode.ReadWrite, cancellation);

    public async Task<DbConnection?> OpenForMigrationAsync(bool create, CancellationToken cancellation)
    {
        if (!create)
            return System.IO.File.Exists(file) ? await OpenAsync(cancellation) : null;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return await OpenAsync(SqliteOpenMode.ReadWriteCreate, cancellation);
    }

    /// <summary>The write lock is taken before looking, so that two migrations at once take turns.</summary>
    public Task<DbTransaction> BeginMigrationAsync(DbConnection connection, CancellationToken cancellation) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: false));

    public string Describe(DbException failure) => $"The database does not answer (SQLite error {((SqliteException)failure).SqliteErrorCode}).";

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<SqliteConnection> OpenAsync(SqliteOpenMode mode, CancellationToken cancellation)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode }.ToString());
        try
        {
            await connection.OpenAsync(cancellation);
            await connection.ExecuteAsync(
                $"PRAGMA busy_timeout = {BusyTimeout}; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;", null, cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
