using System.Data.Common;
using WasmWizard.Service.Data;

namespace WasmWizard.Service.Tests.Servers;

/// <summary>A database that is not there; tests of what stands before it say what they need of it.</summary>
internal class AbsentDatabase : IDatabase
{
    public string Engine => "none";

    public IReadOnlyList<Migration> Migrations => [];

    public virtual long? Version() => null;

    public virtual Task<DbConnection> OpenAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public Task InsertAsync<T>(
        DbConnection connection, DbTransaction transaction, string table, IReadOnlyList<string> columns, IReadOnlyList<T> rows, Action<T, SqlValue[]> write,
        CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<DbConnection?> OpenForMigrationAsync(bool create, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<DbTransaction> BeginMigrationAsync(DbConnection connection, CancellationToken cancellation) => throw new NotSupportedException();

    public string Describe(DbException failure) => "";

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
