using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using WasmWizard.Delivery.Backups;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Local.Backups;

/// <summary>
/// What a SQLite database holds: its schema's text, and for each table the count and one hash over all rows in the order of their keys,
/// every value with its type and length. Reads row by row; a table may be larger than the memory.
/// </summary>
internal static class SqliteFingerprint
{
    /// <param name="connection">Open; all reads belong to one snapshot when a transaction is.</param>
    /// <param name="transaction">The transaction of the snapshot; null when nobody else writes.</param>
    /// <param name="cancellation">Stops between rows.</param>
    public static DatabaseFingerprint Of(SqliteConnection connection, SqliteTransaction? transaction, CancellationToken cancellation)
    {
        var tables = new List<string>();
        var schema = new StringBuilder();
        foreach (var row in Rows(connection, transaction, "SELECT type, name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name"))
        {
            schema.Append(row.GetString(0)).Append('\0').Append(row.GetString(1)).Append('\0').Append(row.GetString(2)).Append('\0');
            if (row.GetString(0) == "table")
                tables.Add(row.GetString(1));
        }

        return new DatabaseFingerprint(
            Digest.Of(Encoding.UTF8.GetBytes(schema.ToString())).Hex,
            [.. tables.Select(table => OfTable(connection, transaction, table, cancellation))]);
    }

    private static TableFingerprint OfTable(SqliteConnection connection, SqliteTransaction? transaction, string table, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long rows = 0;
        // NOT INDEXED reads the table's own tree, whose order is that of its keys; an index could give another order in the copy.
        foreach (var row in Rows(connection, transaction, $"SELECT * FROM \"{table.Replace("\"", "\"\"", StringComparison.Ordinal)}\" NOT INDEXED"))
        {
            cancellation.ThrowIfCancellationRequested();
            rows++;
            for (var column = 0; column < row.FieldCount; column++)
                Append(hash, row.GetValue(column));
        }

        return new TableFingerprint(table, rows, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static void Append(IncrementalHash hash, object value)
    {
        var (type, bytes) = value switch
        {
            long whole => ('i', BitConverter.GetBytes(whole)),
            double real => ('r', BitConverter.GetBytes(real)),
            string text => ('t', Encoding.UTF8.GetBytes(text)),
            byte[] blob => ('b', blob),
            _ => ('n', Array.Empty<byte>()),
        };
        Span<byte> prefix = stackalloc byte[5];
        prefix[0] = (byte)type;
        BinaryPrimitives.WriteInt32LittleEndian(prefix[1..], bytes.Length);
        hash.AppendData(prefix);
        hash.AppendData(bytes);
    }

    private static IEnumerable<SqliteDataReader> Rows(SqliteConnection connection, SqliteTransaction? transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // The only part that varies is a table's name out of the database's own schema, quoted.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        while (reader.Read())
            yield return reader;
    }
}
