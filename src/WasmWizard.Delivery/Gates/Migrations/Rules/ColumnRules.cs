using static WasmWizard.Delivery.Gates.Migrations.Sql.SqlEngine;

namespace WasmWizard.Delivery.Gates.Migrations.Rules;

/// <summary>What changes a column of a table in use by rewriting it, or in a way that writers do not know.</summary>
internal static class ColumnRules
{
    /// <summary>Calls that give every row the same value and need no rewrite: they are STABLE, evaluated once.</summary>
    private static readonly string[] Stable = ["NOW (", "CURRENT_TIMESTAMP (", "STATEMENT_TIMESTAMP (", "TRANSACTION_TIMESTAMP ("];

    public static IReadOnlyList<MigrationRule> All { get; } =
    [
        new("add-required-column", "rows that exist have no value for it, and the serving release inserts none", "add it with a constant DEFAULT, or nullable and required later")
        {
            Engines = [Postgres, Sqlite],
            Bad = "ALTER TABLE users ADD COLUMN age bigint NOT NULL;",
            Good = "ALTER TABLE users ADD COLUMN age bigint NOT NULL DEFAULT 0;",
            Breaks = statement => statement.AddedToUsed.Any(column =>
                column.HasAny("NOT NULL", "PRIMARY KEY") && !column.HasAny("DEFAULT", "GENERATED", "SERIAL", "BIGSERIAL", "SMALLSERIAL")),
        },
        new("add-volatile-default", "a default that is computed per row rewrites the table under an exclusive lock", "add the column without it, SET DEFAULT for new rows in the same migration, backfill in batches")
        {
            Bad = "ALTER TABLE users ADD COLUMN token uuid DEFAULT gen_random_uuid();",
            Good = "ALTER TABLE users ADD COLUMN token uuid;\nALTER TABLE users ALTER COLUMN token SET DEFAULT gen_random_uuid();",
            Breaks = statement => statement.AddedToUsed.Select(column => column.After("DEFAULT")).Any(value => value.Has("(") && value.Tokens[0].IsName && !Stable.Any(value.Starts)),
        },
        new("add-serial-column", "serial and identity fill every row and rewrite the table under an exclusive lock", "add a bigint column, give it a sequence as default, backfill in batches")
        {
            Bad = "ALTER TABLE users ADD COLUMN number bigint GENERATED ALWAYS AS IDENTITY;",
            Good = "ALTER TABLE users ADD COLUMN number bigint;",
            Breaks = statement => statement.AddedToUsed.Any(column => column.HasAny("SERIAL", "BIGSERIAL", "SMALLSERIAL", "AS IDENTITY")),
        },
        new("add-stored-generated-column", "a stored generated column is computed for every row under an exclusive lock", "add a plain column that the service or a trigger fills, backfill in batches")
        {
            Bad = "ALTER TABLE users ADD COLUMN size bigint GENERATED ALWAYS AS (length(name)) STORED;",
            Good = "ALTER TABLE users ADD COLUMN size bigint;",
            Breaks = statement => statement.AddedToUsed.Any(column => column.Has("STORED")),
        },
        new("change-type", "the table is rewritten or scanned under an exclusive lock, and readers get another type", "add a column of the new type, write both, backfill in batches, read the new one, contract later")
        {
            Bad = "ALTER TABLE users ALTER COLUMN age SET DATA TYPE numeric;",
            Good = "ALTER TABLE users ADD COLUMN age_exact numeric;",
            Breaks = statement => !statement.IsOnNewTable && statement.Retyped.Any(),
        },
        new("set-not-null", "every row is read under an exclusive lock", "ADD CONSTRAINT ... CHECK (c IS NOT NULL) NOT VALID; in a later migration VALIDATE it; then SET NOT NULL is instant: accept this rule naming that constraint")
        {
            Bad = "ALTER TABLE users ALTER COLUMN name SET NOT NULL;",
            Good = "ALTER TABLE users ADD CONSTRAINT users_name_given CHECK (name IS NOT NULL) NOT VALID;",
            Breaks = statement => statement.ActionsOnUsed.Any(action => action.Starts("ALTER") && action.Has("SET NOT NULL")),
        },
        new("backfill", "an UPDATE of every row holds all their locks until the migration commits, and bloats the table", "backfill in batches outside of the migration, or name few rows with WHERE")
        {
            Engines = [Postgres],
            Bad = "UPDATE users SET tier = 'free';",
            Good = "UPDATE users SET tier = 'free' WHERE id = 'anonymous';",
            Breaks = statement => statement.Phrase.Starts("UPDATE") && !statement.Phrase.Has("WHERE") && !statement.IsOnNewTable,
        },
        new("enum-order", "without BEFORE or AFTER the new value sorts last, which is rarely meant and never mended", "say where it belongs, or use text with a CHECK")
        {
            Bad = "ALTER TYPE mood ADD VALUE 'calm';",
            Good = "ALTER TYPE mood ADD VALUE 'calm' BEFORE 'angry';",
            Breaks = statement => statement.Phrase.Starts("ALTER TYPE") && statement.Phrase.Has("ADD VALUE") && !statement.Phrase.HasAny("BEFORE", "AFTER"),
        },
        new("rename-enum-value", "releases that know only one of the two values fail", "add the new value, write it, and leave the old one")
        {
            Bad = "ALTER TYPE mood RENAME VALUE 'sad' TO 'blue';",
            Good = "ALTER TYPE mood ADD VALUE 'blue' AFTER 'sad';",
            Breaks = statement => statement.Phrase.Starts("ALTER TYPE") && statement.Phrase.HasAny("RENAME VALUE", "RENAME ATTRIBUTE", "DROP ATTRIBUTE"),
        },
    ];
}
