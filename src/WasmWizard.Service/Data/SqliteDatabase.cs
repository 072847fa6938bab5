using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WasmWizard.Service.Data;

/// <summary>The embedded database: one file in WAL mode, so that readers and the one writer do not wait for each other.</summary>
public sealed class SqliteDatabase(string file) : IDatabase
{
    /// <summary>How long a writer waits for another process's lock, in milliseconds.</summary>
    private const int BusyTimeout = 5000;

    /// <summary>Of 10, 50 and 200 the first that costs least for each row.</summary>
    private const int RowsAtOnce = 50;

    /// <summary>Native connections that have their settings: a pooled one keeps them.</summary>
    private readonly ConditionalWeakTable<sqlite3, object> _prepared = [];

    private readonly Lock _watching = new();
    private SqliteConnection? _watcher;
    private WalIndex? _index;

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

    /// <summary>Costs a look into memory that all processes share; null while the database is in another mode than the one it is opened with here.</summary>
    public long? Version()
    {
        lock (_watching)
            return (_index ??= Watch())?.Version;
    }

    /// <summary>
    /// The bare interface, as looking every parameter up by its name costs more than the insertion, and many rows with one statement,
    /// as running one costs more than a row.
    /// </summary>
    public Task InsertAsync<T>(
        DbConnection connection, DbTransaction transaction, string table, IReadOnlyList<string> columns, IReadOnlyList<T> rows, Action<T, SqlValue[]> write,
        CancellationToken cancellation)
    {
        var native = ((SqliteConnection)connection).Handle!;
        var values = new SqlValue[columns.Count];
        var single = rows.Count % RowsAtOnce;
        Insert(0, single, 1);
        Insert(single, rows.Count, RowsAtOnce);
        return Task.CompletedTask;

        void Insert(int from, int to, int atOnce)
        {
            if (from == to)
                return;
            using var statement = Prepare(native, table, columns, atOnce);
            var bound = new SqlValue[values.Length * atOnce];
            for (var first = from; first < to; first += atOnce)
            {
                cancellation.ThrowIfCancellationRequested();
                for (var i = 0; i < atOnce; i++)
                {
                    write(rows[first + i], values);
                    Bind(native, statement, values, bound.AsSpan(i * values.Length, values.Length), i * values.Length);
                }

                var result = raw.sqlite3_step(statement);
                SqliteException.ThrowExceptionForRC(result == raw.SQLITE_DONE ? raw.SQLITE_OK : result, native);
                SqliteException.ThrowExceptionForRC(raw.sqlite3_reset(statement), native);
            }
        }
    }

    private static sqlite3_stmt Prepare(sqlite3 native, string table, IReadOnlyList<string> columns, int rows)
    {
        var row = $"({string.Join(',', Enumerable.Repeat('?', columns.Count))})";
        var sql = $"INSERT INTO {table} ({string.Join(',', columns)}) VALUES {string.Join(',', Enumerable.Repeat(row, rows))}";
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(native, sql, out var statement), native);
        return statement;
    }

    /// <summary>A statement keeps its values, and rows that follow each other share most of them.</summary>
    private static void Bind(sqlite3 native, sqlite3_stmt statement, ReadOnlySpan<SqlValue> values, Span<SqlValue> bound, int before)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] == bound[i])
                continue;
            bound[i] = values[i];
            SqliteException.ThrowExceptionForRC(Bind(statement, before + i + 1, values[i]), native);
        }
    }

    private static int Bind(sqlite3_stmt statement, int index, SqlValue value) => value switch
    {
        { Text: { } text } => raw.sqlite3_bind_text(statement, index, text),
        { Number: { } number } => raw.sqlite3_bind_int64(statement, index, number),
        _ => raw.sqlite3_bind_null(statement, index),
    };

    private WalIndex? Watch()
    {
        _watcher ??= new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        _watcher.Open();
        // Only a read finds out that the mode was changed, and opens the log.
        using var read = Sql.Command(_watcher, "SELECT count(*) FROM sqlite_schema", null);
        read.ExecuteScalar();
        using var mode = Sql.Command(_watcher, "PRAGMA journal_mode", null);
        return mode.ExecuteScalar() is "wal" ? WalIndex.Of(_watcher.Handle!) : null;
    }

    public string Describe(DbException failure) => $"The database does not answer (SQLite error {((SqliteException)failure).SqliteErrorCode}).";

    public ValueTask DisposeAsync()
    {
        lock (_watching)
        {
            _watcher?.Dispose();
            (_watcher, _index) = (null, null);
        }

        return ValueTask.CompletedTask;
    }

    private async Task<SqliteConnection> OpenAsync(SqliteOpenMode mode, CancellationToken cancellation)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode }.ToString());
        try
        {
            await connection.OpenAsync(cancellation);
            if (!_prepared.TryAdd(connection.Handle!, connection.Handle!))
                return connection;
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
