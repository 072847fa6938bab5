using System.Data.Common;

namespace WasmWizard.Service.Data;

/// <summary>
/// The store, on one of two engines. Queries are written once: both engines take <c>@name</c> parameters and the schemas agree in
/// names and meaning. What differs is behind this port.
/// </summary>
public interface IDatabase : IAsyncDisposable
{
    /// <summary>The word of the contract: postgres or sqlite.</summary>
    string Engine { get; }

    /// <summary>The migrations of this binary for this engine, in order.</summary>
    IReadOnlyList<Migration> Migrations { get; }

    /// <summary>An open connection, or a <see cref="DbException"/> that <see cref="Describe"/> can tell in words.</summary>
    Task<DbConnection> OpenAsync(CancellationToken cancellation);

    /// <summary>
    /// A number that is another one as soon as anybody, also another process, has committed a change; null when this engine cannot tell
    /// for much less than a query costs.
    /// </summary>
    long? Version();

    /// <summary>Inserts rows, the cheapest way that the engine has.</summary>
    /// <param name="write">Writes the values of a row, in the order of <paramref name="columns"/>, each time into the same array.</param>
    Task InsertAsync<T>(
        DbConnection connection, DbTransaction transaction, string table, IReadOnlyList<string> columns, IReadOnlyList<T> rows, Action<T, SqlValue[]> write,
        CancellationToken cancellation);

    /// <summary>Opens for a migration; null when there is no database yet and <paramref name="create"/> is false.</summary>
    Task<DbConnection?> OpenForMigrationAsync(bool create, CancellationToken cancellation);

    /// <summary>
    /// Begins the transaction of one migration. Migrations that start at the same time take turns; a migration that waits for
    /// another's lock longer than a few seconds fails rather than stalling everybody behind it.
    /// </summary>
    Task<DbTransaction> BeginMigrationAsync(DbConnection connection, CancellationToken cancellation);

    /// <summary>A failure in words without addresses, users or values.</summary>
    string Describe(DbException failure);
}
