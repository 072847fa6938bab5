using static WasmWizard.Delivery.Gates.Migrations.Sql.SqlEngine;

namespace WasmWizard.Delivery.Gates.Migrations.Rules;

/// <summary>What takes something away from under the release that still serves, or the one that a rollback brings back.</summary>
internal static class ContractionRules
{
    private const string ExpandFirst = "stop using it in one release; when that one cannot be rolled back any more, remove it in a migration whose first line is `-- contract: which release stopped using it`";
    private const string Twin = "add one with the wanted name, write both, backfill, read the new one, and remove the old one in a later `-- contract:` migration";

    public static IReadOnlyList<MigrationRule> All { get; } =
    [
        new("drop-column", "releases that still name the column fail", ExpandFirst)
        {
            Engines = [Postgres, Sqlite],
            IsContraction = true,
            Bad = "ALTER TABLE users DROP COLUMN email;",
            Good = "-- contract: release 1.4 stopped reading it\nALTER TABLE users DROP COLUMN email;",
            Breaks = statement => statement.Actions.Any(action =>
                action.Starts("DROP") && !action.Starts("DROP CONSTRAINT") && !action.Starts("DROP EXPRESSION")),
        },
        new("drop-table", "releases that still name the table or view fail, and its rows are gone", ExpandFirst)
        {
            Engines = [Postgres, Sqlite],
            IsContraction = true,
            Bad = "DROP TABLE IF EXISTS users;",
            Good = "-- contract: release 1.4 stopped reading it\nDROP TABLE users;",
            Breaks = statement => statement.Phrase.Starts("DROP TABLE") || statement.Phrase.Starts("DROP VIEW") || statement.Phrase.Starts("DROP MATERIALIZED VIEW")
                || statement.Phrase.Starts("DROP SEQUENCE") || statement.Phrase.Starts("DROP TYPE") || statement.Phrase.Starts("DROP FUNCTION"),
        },
        new("drop-database", "everything in it is gone", "a migration never removes a database or schema; an operator does, after a verified backup")
        {
            Bad = "DROP SCHEMA reporting CASCADE;",
            Good = "-- contract: release 1.4 stopped reading it\nDROP TABLE reporting.totals;",
            Breaks = statement => statement.Phrase.Starts("DROP DATABASE") || statement.Phrase.Starts("DROP SCHEMA") || statement.Phrase.Starts("DROP OWNED"),
        },
        new("drop-cascade", "CASCADE removes whatever depends on it, views and foreign keys included, without naming it", "remove each dependent by its name first")
        {
            Bad = "-- contract: unused\nDROP TABLE users CASCADE;",
            Good = "-- contract: unused\nDROP VIEW active_users;\nDROP TABLE users;",
            Breaks = statement => (statement.Phrase.Starts("DROP") && statement.Phrase.Has("CASCADE")) || statement.Actions.Any(action => action.Starts("DROP") && action.Has("CASCADE")),
        },
        new("truncate", "every row is gone, of referencing tables too with CASCADE", "delete in batches outside of migrations, after a verified backup")
        {
            Bad = "TRUNCATE users CASCADE;",
            Good = "SELECT 1;",
            Breaks = statement => statement.Phrase.Starts("TRUNCATE"),
        },
        new("delete-all", "a DELETE without WHERE empties the table", "name the rows with WHERE, or delete in batches outside of migrations")
        {
            Engines = [Postgres, Sqlite],
            Bad = "DELETE FROM users;",
            Good = "DELETE FROM users WHERE id = 'probe';",
            Breaks = statement => statement.Phrase.Starts("DELETE") && !statement.Phrase.Has("WHERE") && !statement.IsOnNewTable,
        },
        new("rename-column", "releases that know only one of the two names fail", Twin)
        {
            Engines = [Postgres, Sqlite],
            Bad = "ALTER TABLE users RENAME COLUMN name TO full_name;",
            Good = "ALTER TABLE users ADD COLUMN full_name text;",
            Breaks = statement => statement.ActionsOnUsed.Any(action => action.Starts("RENAME") && !action.Starts("RENAME TO") && !action.Starts("RENAME CONSTRAINT")),
        },
        new("rename-table", "releases that know only one of the two names fail", Twin)
        {
            Engines = [Postgres, Sqlite],
            Bad = "ALTER TABLE users RENAME TO people;",
            Good = "CREATE VIEW people AS SELECT * FROM users;",
            Breaks = statement => statement.ActionsOnUsed.Any(action => action.Starts("RENAME TO") || action.Starts("SET SCHEMA")),
        },
        new("rename-schema", "every query that names the schema fails", "create the new schema and move table by table, each with a view where it was")
        {
            Bad = "ALTER SCHEMA app RENAME TO core;",
            Good = "CREATE SCHEMA core;",
            Breaks = statement => statement.Phrase.Starts("ALTER SCHEMA") && statement.Phrase.Has("RENAME TO"),
        },
        new("drop-not-null", "releases that rely on a value there meet NULL", "make readers accept NULL in one release, then accept this rule with the release's name as reason")
        {
            IsContraction = true,
            Bad = "ALTER TABLE users ALTER COLUMN name DROP NOT NULL;",
            Good = "ALTER TABLE users ADD COLUMN nickname text;",
            Breaks = statement => statement.ActionsOnUsed.Any(action => action.Has("DROP NOT NULL")),
        },
    ];
}
