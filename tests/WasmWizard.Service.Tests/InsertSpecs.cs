using Microsoft.Data.Sqlite;
using WasmWizard.Service.Data;

namespace WasmWizard.Service.Tests;

/// <summary>Many rows with one statement are the same as each with its own.</summary>
public sealed class InsertSpecs : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(49)]
    [InlineData(50)]
    [InlineData(51)]
    [InlineData(249)]
    public async Task Every_row_is_there_as_it_was_given(int count)
    {
        // Neighbours share values, and values come back: a statement keeps what was bound before.
        var rows = Enumerable.Range(0, count).Select(i => new object?[] { (long)i, i % 3 == 0 ? null : $"row {i % 4 / 2}", i % 7 == 0 ? null : (long)(i / 5) }).ToArray();
        await using var database = await NewAsync();
        await InsertAsync(database, rows);
        Assert.Equal(rows, await RowsAsync(database));
    }

    [Fact]
    public async Task A_row_that_cannot_be_leaves_none_of_the_others()
    {
        var rows = Enumerable.Range(0, 120).Select(i => new object?[] { (long)(i % 119), "row", null }).ToArray();
        await using var database = await NewAsync();
        await Assert.ThrowsAsync<SqliteException>(() => InsertAsync(database, rows));
        Assert.Empty(await RowsAsync(database));
        await InsertAsync(database, rows[..119]);
        Assert.Equal(119, (await RowsAsync(database)).Count);
    }

    [Fact]
    public async Task One_that_is_called_off_writes_nothing()
    {
        await using var database = await NewAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => InsertAsync(database, [[1L, "row", null]], new CancellationToken(canceled: true)));
        Assert.Empty(await RowsAsync(database));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<SqliteDatabase> NewAsync()
    {
        var database = new SqliteDatabase(Path.Combine(_folder.Path, "rows.db"));
        await using var connection = await database.OpenForMigrationAsync(create: true, CancellationToken.None);
        await connection!.ExecuteAsync("CREATE TABLE rows (id INTEGER PRIMARY KEY, words TEXT, number INTEGER)", null, CancellationToken.None);
        return database;
    }

    private static async Task InsertAsync(SqliteDatabase database, object?[][] rows, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
        await database.InsertAsync(connection, transaction, "rows", ["id", "words", "number"], rows, Write, cancellation);
        await transaction.CommitAsync(CancellationToken.None);
    }

    private static void Write(object?[] row, SqlValue[] values)
    {
        for (var i = 0; i < row.Length; i++)
            values[i] = row[i] is string text ? SqlValue.Of(text) : SqlValue.Of((long?)row[i]);
    }

    private static async Task<IReadOnlyList<object?[]>> RowsAsync(SqliteDatabase database)
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        return await connection.QueryAsync(
            "SELECT id, words, number FROM rows ORDER BY id",
            row => Enumerable.Range(0, 3).Select(i => row.IsDBNull(i) ? null : row.GetValue(i)).ToArray(), CancellationToken.None);
    }
}
