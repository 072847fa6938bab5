using static WasmWizard.Delivery.Gates.Migrations.Sql.SqlEngine;

namespace WasmWizard.Delivery.Gates.Migrations.Rules;

/// <summary>Constraints on tables in use: checking what is there must not block those who use it.</summary>
internal static class ConstraintRules
{
    private const string Later = "add it NOT VALID, which holds for new rows at once, and VALIDATE CONSTRAINT in the next migration, which blocks nobody";

    public static IReadOnlyList<MigrationRule> All { get; } =
    [
        new("foreign-key-not-valid", "both tables are locked against writes while every row is checked", Later)
        {
            Bad = "ALTER TABLE keys ADD CONSTRAINT keys_user FOREIGN KEY (user_id) REFERENCES users (id);",
            Good = "ALTER TABLE keys ADD CONSTRAINT keys_user FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;",
            Breaks = statement => statement.ConstraintsOnUsed.Any(constraint => constraint.Starts("FOREIGN KEY") && !constraint.Has("NOT VALID"))
                || statement.AddedToUsed.Any(column => column.Has("REFERENCES")),
        },
        new("check-not-valid", "the table is locked while every row is checked", Later)
        {
            Bad = "ALTER TABLE users ADD CONSTRAINT adult CHECK (age >= 18);",
            Good = "ALTER TABLE users ADD CONSTRAINT adult CHECK (age >= 18) NOT VALID;",
            Breaks = statement => statement.ConstraintsOnUsed.Any(constraint => constraint.Starts("CHECK") && !constraint.Has("NOT VALID"))
                || statement.AddedToUsed.Any(column => column.Has("CHECK") && column.Has("NOT NULL")),
        },
        new("validate-apart", "validating in the migration that added the constraint keeps the first one's lock for the whole scan", "VALIDATE CONSTRAINT in a migration of its own: accept this rule naming the migration that added it")
        {
            Bad = "ALTER TABLE users ADD CONSTRAINT adult CHECK (age >= 18) NOT VALID, VALIDATE CONSTRAINT adult;",
            Good = "ALTER TABLE users VALIDATE CONSTRAINT adult;",
            Breaks = statement => statement.Actions.Any(action => action.Has("NOT VALID")) && statement.Actions.Any(action => action.Starts("VALIDATE CONSTRAINT")),
        },
        new("unique-constraint", "its index is built while the table is locked", "CREATE UNIQUE INDEX CONCURRENTLY by hand, then ADD CONSTRAINT ... UNIQUE USING INDEX")
        {
            Bad = "ALTER TABLE users ADD CONSTRAINT users_name UNIQUE (name);",
            Good = "ALTER TABLE users ADD CONSTRAINT users_name UNIQUE USING INDEX users_name_index;",
            Breaks = statement => statement.ConstraintsOnUsed.Any(constraint => constraint.Starts("UNIQUE") && !constraint.Has("USING INDEX"))
                || statement.AddedToUsed.Any(column => column.Has("UNIQUE")),
        },
        new("primary-key", "its index is built while the table is locked", "CREATE UNIQUE INDEX CONCURRENTLY by hand, then ADD CONSTRAINT ... PRIMARY KEY USING INDEX")
        {
            Bad = "ALTER TABLE users ADD PRIMARY KEY (id);",
            Good = "ALTER TABLE users ADD CONSTRAINT users_pkey PRIMARY KEY USING INDEX users_id;",
            Breaks = statement => statement.ConstraintsOnUsed.Any(constraint => constraint.Starts("PRIMARY KEY") && !constraint.Has("USING INDEX"))
                || statement.AddedToUsed.Any(column => column.Has("PRIMARY KEY")),
        },
        new("exclusion-constraint", "an exclusion constraint cannot be added without locking the table for the whole check", "put it on a new table and move the rows, or hold the rule in a trigger")
        {
            Bad = "ALTER TABLE bookings ADD CONSTRAINT apart EXCLUDE USING gist (room WITH =, during WITH &&);",
            Good = "CREATE TABLE bookings (room text NOT NULL, during tstzrange NOT NULL, EXCLUDE USING gist (room WITH =, during WITH &&));",
            Breaks = statement => statement.ConstraintsOnUsed.Any(constraint => constraint.Starts("EXCLUDE")),
        },
        new("domain-constraint", "a constraint of a domain is checked in every table that uses it, all of them locked", "put the CHECK on the column, NOT VALID first")
        {
            Bad = "ALTER DOMAIN address ADD CONSTRAINT has_at CHECK (value LIKE '%@%');",
            Good = "CREATE TABLE mails (address text NOT NULL CHECK (address LIKE '%@%'));",
            Breaks = statement => (statement.Phrase.Starts("ALTER DOMAIN") && statement.Phrase.Has("ADD")) || (statement.Phrase.Starts("CREATE DOMAIN") && statement.Phrase.HasAny("CHECK", "NOT NULL", "CONSTRAINT")),
        },
        new("required-reference", "SQLite refuses to add a column that references a table with a default other than NULL", "add it nullable")
        {
            Engines = [Sqlite],
            Bad = "ALTER TABLE keys ADD COLUMN user_id TEXT NOT NULL DEFAULT 'x' REFERENCES users (id);",
            Good = "ALTER TABLE keys ADD COLUMN user_id TEXT REFERENCES users (id);",
            Breaks = statement => statement.AddedToUsed.Any(column => column.Has("REFERENCES") && column.Has("DEFAULT") && !column.Has("DEFAULT NULL")),
        },
    ];
}
