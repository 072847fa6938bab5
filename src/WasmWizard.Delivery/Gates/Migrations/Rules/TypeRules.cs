using WasmWizard.Delivery.Gates.Migrations.Sql;

namespace WasmWizard.Delivery.Gates.Migrations.Rules;

/// <summary>Types that are regretted, and cannot be changed without rewriting the table.</summary>
internal static class TypeRules
{
    private static readonly string[] Narrow = ["INTEGER", "INT", "INT4", "SMALLINT", "INT2"];

    public static IReadOnlyList<MigrationRule> All { get; } =
    [
        new("narrow-key", "a key of 32 bits runs out at 2147483647, and widening it rewrites the table", "bigint")
        {
            Bad = "CREATE TABLE t (id integer PRIMARY KEY);",
            Good = "CREATE TABLE t (id bigint PRIMARY KEY);",
            Breaks = statement => AnyColumn(statement, (type, rest) => Narrow.Any(type.Starts) && rest.HasAny("PRIMARY KEY", "REFERENCES", "AS IDENTITY")),
        },
        new("prefer-identity", "serial leaves a sequence with rights and an owner of its own", "bigint GENERATED ALWAYS AS IDENTITY")
        {
            Bad = "CREATE TABLE t (id bigserial PRIMARY KEY);",
            Good = "CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);",
            Breaks = statement => !statement.AddedToUsed.Any() && AnyColumn(statement, (type, _) => Any(type, "SERIAL", "BIGSERIAL", "SMALLSERIAL", "SERIAL4", "SERIAL8")),
        },
        new("char", "char(n) pads with blanks, which comparisons ignore and lengths do not", "text, with a CHECK on its length where one is wanted")
        {
            Bad = "CREATE TABLE t (code char(8) NOT NULL);",
            Good = "CREATE TABLE t (code text NOT NULL CHECK (length(code) <= 8));",
            Breaks = statement => AnyColumn(statement, (type, _) => Any(type, "CHAR", "BPCHAR", "NCHAR") || (type.Starts("CHARACTER") && !type.Starts("CHARACTER VARYING"))),
        },
        new("varchar-limit", "another limit means another type: shrinking it reads the whole table under a lock", "text, with a CHECK on its length where one is wanted")
        {
            Bad = "CREATE TABLE t (name varchar(100) NOT NULL);",
            Good = "CREATE TABLE t (name text NOT NULL);",
            Breaks = statement => AnyColumn(statement, (type, _) => type.Starts("VARCHAR (") || type.Starts("CHARACTER VARYING (")),
        },
        new("timestamp-zone", "timestamp without time zone means another moment on every machine", "timestamptz")
        {
            Bad = "CREATE TABLE t (at timestamp NOT NULL);",
            Good = "CREATE TABLE t (at timestamptz NOT NULL);",
            Breaks = statement => AnyColumn(statement, (type, _) => (type.Starts("TIMESTAMP") || type.Starts("TIMETZ") || type.Starts("TIME WITH")) && !(type.Starts("TIMESTAMP") && type.Has("WITH TIME ZONE"))),
        },
        new("json", "json has no equality, so that DISTINCT and UNION over it fail", "jsonb")
        {
            Bad = "CREATE TABLE t (body json NOT NULL);",
            Good = "CREATE TABLE t (body jsonb NOT NULL);",
            Breaks = statement => AnyColumn(statement, (type, _) => type.Starts("JSON")),
        },
        new("money", "money is rounded and printed by the locale of the server", "numeric, and the currency beside it")
        {
            Bad = "CREATE TABLE t (price money NOT NULL);",
            Good = "CREATE TABLE t (price numeric NOT NULL);",
            Breaks = statement => AnyColumn(statement, (type, _) => type.Starts("MONEY")),
        },
        new("long-name", "PostgreSQL cuts names after 63 bytes without an error", "a name of at most 63 bytes")
        {
            Bad = $"CREATE TABLE {new string('t', 64)} (id bigint PRIMARY KEY);",
            Good = $"CREATE TABLE {new string('t', 63)} (id bigint PRIMARY KEY);",
            Breaks = statement => statement.Phrase.Tokens.Any(token => token.IsName && System.Text.Encoding.UTF8.GetByteCount(token.Text) > 63),
        },
    ];

    private static bool Any(SqlPhrase type, params string[] names) => names.Any(type.Starts);

    /// <summary>Whether a defined column has such a type; the second argument is all that follows the column's name.</summary>
    private static bool AnyColumn(MigrationStatement statement, Func<SqlPhrase, SqlPhrase, bool> matches) =>
        statement.Columns.Select(column => column.AfterName).Concat(statement.Retyped).Any(type => matches(type, type));
}
