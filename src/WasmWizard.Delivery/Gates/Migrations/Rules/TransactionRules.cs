using static WasmWizard.Delivery.Gates.Migrations.Sql.SqlEngine;

namespace WasmWizard.Delivery.Gates.Migrations.Rules;

/// <summary>What takes the migration out of the runner's hands, or out of the lint's sight.</summary>
internal static class TransactionRules
{
    public static IReadOnlyList<MigrationRule> All { get; } =
    [
        new("own-transaction", "the runner's transaction ends early: a failure afterwards leaves half a migration that is not recorded", "leave transactions to the runner, which wraps the file and its record in one")
        {
            Engines = [Postgres, Sqlite],
            Bad = "BEGIN;\nANALYZE users;\nCOMMIT;",
            Good = "ANALYZE users;",
            Breaks = statement => new[] { "BEGIN", "COMMIT", "END", "ROLLBACK", "START TRANSACTION", "SAVEPOINT", "RELEASE" }.Any(statement.Phrase.Starts),
        },
        new("opaque-block", "SQL that is put together at run time cannot be checked", "plain statements; what must be conditional says IF EXISTS or IF NOT EXISTS")
        {
            Bad = "DO $$ BEGIN DROP TABLE users; END $$;",
            Good = "ANALYZE users;",
            Breaks = statement => statement.Phrase.Starts("DO") || statement.Phrase.Starts("CALL") || statement.Phrase.Starts("EXECUTE"),
        },
        new("opaque-function", "a body in a string cannot be checked, and the next SELECT may run it", "a body of SQL: RETURN ... or BEGIN ATOMIC ... END; where only another language will do, accept this rule with what the body changes")
        {
            Bad = "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ DELETE FROM users RETURNING 1 $$;",
            Good = "CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN 1;",
            Breaks = statement => statement.Phrase.Starts("CREATE") && statement.Phrase.Tokens.Take(4).Any(token => token.Is("FUNCTION") || token.Is("PROCEDURE"))
                && statement.Phrase.Tokens.Zip(statement.Phrase.Tokens.Skip(1)).Any(pair => pair.First.Is("AS") && pair.Second.Kind == Sql.SqlTokenKind.Text),
        },
        new("explicit-lock", "a LOCK holds up everybody until the migration commits", "let each statement take the lock it needs")
        {
            Bad = "LOCK TABLE users IN ACCESS EXCLUSIVE MODE;",
            Good = "ANALYZE users;",
            Breaks = statement => statement.Phrase.Starts("LOCK"),
        },
        new("unlimited-wait", "a lock that is waited for without limit queues every later query behind it", "leave the runner's lock_timeout, or set a shorter one with SET LOCAL")
        {
            Bad = "SET lock_timeout = 0;",
            Good = "SET LOCAL lock_timeout = '2s';",
            Breaks = statement => statement.Phrase.Starts("SET") && statement.Phrase.HasAny("LOCK_TIMEOUT", "STATEMENT_TIMEOUT")
                && (!statement.Phrase.Starts("SET LOCAL") || statement.Phrase.Tokens[^1].Text is "0" or "DEFAULT"),
        },
        new("new-table-if-not-exists", "a table of that name with other columns is taken for the new one without a word", "CREATE TABLE: the runner applies each migration once")
        {
            Engines = [Postgres, Sqlite],
            Bad = "CREATE TABLE IF NOT EXISTS t (id text PRIMARY KEY);",
            Good = "CREATE TABLE t (id text PRIMARY KEY);",
            Breaks = statement => statement.CreatesTable && statement.Phrase.Has("TABLE IF NOT EXISTS"),
        },
        new("sqlite-switch", "the switch outlives the migration or turns its checks off", "leave PRAGMA to the service's connection")
        {
            Engines = [Sqlite],
            Bad = "PRAGMA foreign_keys = OFF;",
            Good = "CREATE TABLE t (id TEXT PRIMARY KEY);",
            Breaks = statement => statement.Phrase.Starts("PRAGMA"),
        },
        new("superuser", "the migration's role has no such right in production, and should not", "an operator does it once per database; Init lists it")
        {
            Bad = "ALTER SYSTEM SET work_mem = '1GB';",
            Good = "ANALYZE users;",
            Breaks = statement => statement.Phrase.Starts("ALTER SYSTEM") || statement.Phrase.Starts("ALTER ROLE") || statement.Phrase.Starts("CREATE ROLE")
                || statement.Phrase.Starts("CREATE USER") || statement.Phrase.Starts("CREATE DATABASE") || statement.Phrase.Starts("COPY"),
        },
    ];
}
