namespace WasmWizard.Delivery.Gates.Migrations.Rules;

/// <summary>Indexes of tables in use: CONCURRENTLY cannot run inside the runner's transaction, and without it writers wait.</summary>
internal static class IndexRules
{
    private const string ByHand = "run it with CONCURRENTLY by hand before the deployment; the migration then says IF NOT EXISTS and accepts this rule with when and by whom";
    private const int MostColumns = 3;

    public static IReadOnlyList<MigrationRule> All { get; } =
    [
        new("index-blocks-writes", "the table takes no writes until the index is built", ByHand)
        {
            Bad = "CREATE INDEX users_name ON users (name);",
            Good = "-- accept index-blocks-writes: built concurrently on 2026-01-31 by operations\nCREATE INDEX IF NOT EXISTS users_name ON users (name);",
            Breaks = statement => statement.CreatesIndex && !statement.IsOnNewTable && !statement.Phrase.Has("CONCURRENTLY"),
        },
        new("concurrently-in-transaction", "CONCURRENTLY fails inside a transaction, and each migration runs in one", ByHand)
        {
            Bad = "CREATE INDEX CONCURRENTLY users_name ON users (name);",
            Good = "CREATE TABLE notes (user_id text NOT NULL);\nCREATE INDEX notes_user_id ON notes (user_id);",
            Breaks = statement => statement.Phrase.Has("CONCURRENTLY") && !statement.Phrase.Starts("REFRESH"),
        },
        new("drop-index", "the table is locked, and queries that relied on the index become slow", "DROP INDEX CONCURRENTLY by hand, then accept this rule with when and by whom and say IF EXISTS")
        {
            Bad = "DROP INDEX users_name;",
            Good = "-- accept drop-index: dropped concurrently on 2026-01-31 by operations\nDROP INDEX IF EXISTS users_name;",
            Breaks = statement => statement.Phrase.Starts("DROP INDEX") && !statement.Phrase.Has("CONCURRENTLY"),
        },
        new("reindex", "the table is locked until the index is built again", "REINDEX ... CONCURRENTLY by hand; it is maintenance, not a migration")
        {
            Bad = "REINDEX TABLE users;",
            Good = "ANALYZE users;",
            Breaks = statement => statement.Phrase.Starts("REINDEX"),
        },
        new("rewrite-table", "the table is rewritten under an exclusive lock", "it is maintenance: by hand, in a window, or with a tool that works online")
        {
            Bad = "ALTER TABLE users SET LOGGED, SET TABLESPACE fast;",
            Good = "ANALYZE users;",
            Breaks = statement => statement.Phrase.Starts("CLUSTER") || statement.Phrase.Starts("VACUUM")
                || statement.ActionsOnUsed.Any(action => action.Starts("SET LOGGED") || action.Starts("SET UNLOGGED") || action.Starts("SET TABLESPACE") || action.Starts("CLUSTER") || action.Starts("SET ACCESS METHOD")),
        },
        new("refresh-view", "readers of the materialized view wait until it is computed", "REFRESH MATERIALIZED VIEW CONCURRENTLY, outside of migrations")
        {
            Bad = "REFRESH MATERIALIZED VIEW totals;",
            Good = "REFRESH MATERIALIZED VIEW CONCURRENTLY totals;",
            Breaks = statement => statement.Phrase.Starts("REFRESH MATERIALIZED VIEW") && !statement.Phrase.Has("CONCURRENTLY"),
        },
        new("wide-index", "an index over more than three columns is rarely used to its end and costs every write", "index the columns that select, most selective first; three at most unless it is unique")
        {
            Bad = "CREATE TABLE t (a text, b text, c text, d text);\nCREATE INDEX wide ON t (a, b, c, d);",
            Good = "CREATE TABLE t (a text, b text, c text, d text);\nCREATE INDEX narrow ON t (a, b, c);",
            Breaks = statement => statement.Phrase.Starts("CREATE INDEX") && statement.Phrase.Inside.Parts().Count() > MostColumns,
        },
        new("detach-partition", "the whole partitioned table is locked", "DETACH PARTITION ... CONCURRENTLY by hand")
        {
            Bad = "ALTER TABLE events DETACH PARTITION events_2025;",
            Good = "-- contract: archived\nDROP TABLE events_2025;",
            Breaks = statement => statement.Actions.Any(action => action.Starts("DETACH PARTITION")),
        },
        new("attach-partition", "every row of the new partition is read under a lock", "give the partition a validated CHECK of its bounds first, then accept this rule naming it")
        {
            Bad = "ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM (0) TO (10);",
            Good = "CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM (0) TO (10);",
            Breaks = statement => statement.Actions.Any(action => action.Starts("ATTACH PARTITION")),
        },
        new("trigger-toggle", "disabled triggers and rules let wrong rows in, foreign keys included", "write what is wanted so that the triggers may run")
        {
            Bad = "ALTER TABLE users DISABLE TRIGGER ALL;",
            Good = "ANALYZE users;",
            Breaks = statement => statement.Actions.Any(action => action.Starts("DISABLE TRIGGER") || action.Starts("DISABLE RULE")) || statement.Phrase.Has("SESSION_REPLICATION_ROLE"),
        },
    ];
}
