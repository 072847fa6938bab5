using System.Globalization;
using WasmWizard.Delivery.Backups;

namespace WasmWizard.Delivery.Postgres.Servers;

/// <summary>Reads what a database holds: every table's count and hash, sequences, extensions, large objects.</summary>
public static class Fingerprints
{
    private const string OfUs = """
        n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\_toast%' AND n.nspname NOT LIKE 'pg\_temp%'
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'e')
        """;

    // Materialized views are not among them: a restore computes them anew, so one that was stale comes back fresh.
    private const string Tables = $"""
        SELECT n.nspname, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND {OfUs} ORDER BY 1, 2
        """;

    // What a sequence has handed out last; one step before its start when it has handed out nothing.
    private const string SequenceValues = $"""
        SELECT n.nspname || '.' || c.relname, coalesce(s.last_value, s.start_value - s.increment_by)
        FROM pg_catalog.pg_sequences s
        JOIN pg_catalog.pg_namespace n ON n.nspname = s.schemaname
        JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.sequencename
        WHERE {OfUs} ORDER BY 1
        """;

    private const string LargeObjects = """
        SELECT count(*), coalesce(sum(pg_catalog.hashtextextended(oid::text || ':' || pg_catalog.encode(pg_catalog.lo_get(oid), 'hex'), 0)), 0)
        FROM pg_catalog.pg_largeobject_metadata
        """;

    /// <param name="session">In the transaction whose snapshot is meant, where it matters.</param>
    /// <param name="schemaHash">Taken from the same snapshot by <see cref="SchemaText.Hash"/>.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<DatabaseFingerprint> Of(Session session, string schemaHash, CancellationToken cancellation)
    {
        var tables = new List<TableFingerprint>();
        foreach (var (name, relation) in await Relations(session, cancellation))
            tables.Add(Table(name, (await session.Rows($"SELECT count(*), coalesce(sum({RowHash}), 0) FROM ONLY {relation} AS {Row}", cancellation))[0]));
        return new DatabaseFingerprint(schemaHash, tables)
        {
            Sequences = await Sequences(session, cancellation),
            Extensions = await session.Texts("SELECT extname || ' ' || extversion FROM pg_catalog.pg_extension ORDER BY 1", cancellation),
            LargeObjects = Table(DatabaseFingerprint.LargeObjectsName, (await session.Rows(LargeObjects, cancellation))[0]),
        };
    }

    /// <summary>As they are now, whatever the transaction: PostgreSQL's sequences belong to no snapshot.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> Sequences(Session session, CancellationToken cancellation) =>
        (await session.Rows(SequenceValues, cancellation)).ToDictionary(row => row[0], row => long.Parse(row[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);

    /// <summary>Tables by the name in fingerprints, with what to write behind FROM ONLY.</summary>
    internal static async Task<IReadOnlyList<(string Name, string Relation)>> Relations(Session session, CancellationToken cancellation) =>
        [.. (await session.Rows(Tables, cancellation)).Select(row => ($"{row[0]}.{row[1]}", $"{Session.Quote(row[0])}.{Session.Quote(row[1])}"))];

    /// <summary>The alias of a row, which no column is called.</summary>
    internal const string Row = "\"the whole row\"";

    internal const string RowHash = $"pg_catalog.hashtextextended({Row}::text, 0)";

    private static TableFingerprint Table(string name, string[] row) => new(name, long.Parse(row[0], CultureInfo.InvariantCulture), row[1]);
}
