using Microsoft.Data.Sqlite;

namespace WasmWizard.Service.Data;

/// <summary>The embedded database: one file in WAL mode, so that readers and the one writer do not wait for each other.</summary>
public sealed class SqliteDatabase(string file)
{
    /// <summary>How long a writer waits for another process's lock, in milliseconds.</summary>
    private const int BusyTimeout = 5000;

    public string File => file;

    /// <summary>Opens the file that exists; a missing one is an error here, because only a migration creates it.</summary>
    public Task<SqliteConnection> OpenAsync(CancellationToken cancellation) => OpenAsync(SqliteOpenMode.ReadWrite, cancellation);

    public async Task<SqliteConnection> OpenOrCreateAsync(CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return await OpenAsync(SqliteOpenMode.ReadWriteCreate, cancellation);
    }

    private async Task<SqliteConnection> OpenAsync(SqliteOpenMode mode, CancellationToken cancellation)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode }.ToString());
        try
        {
            await connection.OpenAsync(cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA busy_timeout = {BusyTimeout}; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;";
            await command.ExecuteNonQueryAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
