using WasmWizard.Delivery.Gates.Migrations;
using WasmWizard.Delivery.Gates.Migrations.Rules;
using WasmWizard.Delivery.Gates.Migrations.Sql;

namespace WasmWizard.Delivery.Tests.Gates.Migrations;

/// <summary>The examples of the rules' documentation, tried.</summary>
public class MigrationRulesSpecs
{
    public static TheoryData<string, SqlEngine> Examples
    {
        get
        {
            var examples = new TheoryData<string, SqlEngine>();
            foreach (var rule in MigrationRules.All)
                foreach (var engine in rule.Engines)
                    examples.Add(rule.Id, engine);
            return examples;
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void The_bad_example_breaks_its_rule(string id, SqlEngine engine)
    {
        var rule = Rule(id);

        Assert.Contains(id, Broken(engine, rule.Bad));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void The_good_example_breaks_no_rule_at_all(string id, SqlEngine engine) => Assert.Empty(Broken(engine, Rule(id).Good));

    [Theory]
    [MemberData(nameof(Examples))]
    public void What_looks_bad_in_comments_strings_and_quoted_names_is_not(string id, SqlEngine engine)
    {
        var bad = Rule(id).Bad.Replace("\n", " ", StringComparison.Ordinal).Replace("-- ", "", StringComparison.Ordinal);
        var hidden = $"-- earlier: {bad}\n/* {bad} */ SELECT '{bad.Replace("'", "''", StringComparison.Ordinal)}';";
        if (engine == SqlEngine.Postgres)
            hidden += $" SELECT $x${bad}$x$; /* /* nested */ {bad} */ SELECT E'\\'; {bad.Replace("'", "\\'", StringComparison.Ordinal)}';";

        Assert.Empty(Broken(engine, hidden));
    }

    [Fact]
    public void Ids_are_unique_and_every_rule_says_what_to_do()
    {
        Assert.Equal(MigrationRules.All.Count, MigrationRules.All.Select(rule => rule.Id).Distinct().Count());
        Assert.InRange(MigrationRules.All.Count, 45, 100);
        Assert.All(MigrationRules.All, rule => Assert.All([rule.Hazard, rule.Recipe], text => Assert.False(string.IsNullOrWhiteSpace(text) || text.EndsWith('.'))));
    }

    [Theory]
    [InlineData("alter table only \"public\".users\n drop\tcolumn if exists email", "drop-column")]
    [InlineData("ALTER TABLE users ADD COLUMN a text, DROP b", "drop-column")]
    [InlineData("ALTER TABLE users ADD age bigint NOT NULL", "add-required-column")]
    [InlineData("ALTER TABLE users ADD FOREIGN KEY (a) REFERENCES b (c)", "foreign-key-not-valid")]
    [InlineData("ALTER TABLE users ADD COLUMN b text REFERENCES c (d)", "foreign-key-not-valid")]
    [InlineData("CREATE UNIQUE INDEX i ON public.users USING btree (lower(name))", "index-blocks-writes")]
    [InlineData("ALTER TABLE users ALTER name TYPE varchar(10)", "change-type", "varchar-limit")]
    [InlineData("CREATE TABLE t (a timestamp(3) without time zone)", "timestamp-zone")]
    [InlineData("CREATE TABLE t (a timestamp(3) with time zone)")]
    [InlineData("CREATE TABLE t (a character varying)")]
    [InlineData("ALTER TABLE users ADD COLUMN at timestamptz DEFAULT now()")]
    [InlineData("ALTER TABLE users ADD COLUMN \"drop\" text")]
    [InlineData("CREATE TABLE users (id text PRIMARY KEY); CREATE INDEX i ON users (id); ALTER TABLE users ADD CONSTRAINT c CHECK (id <> '')")]
    [InlineData("CREATE INDEX i ON users (id); CREATE TABLE users (id text PRIMARY KEY)", "index-blocks-writes")]
    [InlineData("CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; END; DROP TABLE t", "drop-table")]
    public void Forms_of_writing_make_no_difference(string sql, params string[] broken) =>
        Assert.Equal(broken.Order(), Broken(SqlEngine.Postgres, sql).Order());

    [Theory]
    [InlineData("-- accept drop-table:\nDROP TABLE t;", "drop-table")]
    [InlineData("-- accept drop-column: wrong rule\nDROP TABLE t;", "drop-table", "accept-unused")]
    [InlineData("-- contract:\nDROP TABLE t;", "drop-table")]
    [InlineData("SELECT 1;\n-- contract: too late\nDROP TABLE t;", "drop-table")]
    [InlineData("-- contract: unused\nDROP TABLE t;\nCREATE TABLE u (id text PRIMARY KEY);", "contract-alone")]
    [InlineData("-- contract: unused\nTRUNCATE t;", "truncate", "contract-alone")]
    public void A_marker_without_reason_or_out_of_place_does_not_count(string sql, params string[] broken) =>
        Assert.Equal(broken, Broken(SqlEngine.Postgres, sql));

    [Fact]
    public void Sqlite_has_its_own_quoting_and_its_triggers_hold_statements()
    {
        const string Sql = "CREATE TABLE [drop table] (`id` TEXT); CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM b; SELECT CASE WHEN 1 THEN 2 END; END; ALTER TABLE a DROP COLUMN c;";

        Assert.Equal(3, SqlScript.Read(Sql, SqlEngine.Sqlite).Count);
        Assert.Equal(["drop-column"], Broken(SqlEngine.Sqlite, Sql));
    }

    [Fact]
    public void Findings_name_the_line_of_the_statement() =>
        Assert.Equal(4, Assert.Single(MigrationLint.Check(SqlEngine.Postgres, "p", "/* 1\n2 */\nSELECT 'a';\nDROP TABLE t;")).Line);

    [Theory]
    [InlineData("SELECT 1;\n/* /* */ SELECT 2;", 2)]
    [InlineData("SELECT 'a\n", 1)]
    [InlineData("SELECT \"a", 1)]
    [InlineData("SELECT $$ a $ $", 1)]
    [InlineData("\nSELECT (1;", 2)]
    [InlineData("SELECT (1", 1)]
    [InlineData("SELECT 1);", 1)]
    [InlineData("SELECT 1;\n\\i other.sql", 2)]
    [InlineData("ALTR TABLE users DROP COLUMN email;", 1)]
    [InlineData("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1;", 1)]
    [InlineData("SELECT 1 \u00a7;", 1)]
    public void What_cannot_be_read_is_said_with_its_line(string sql, int line) =>
        Assert.Equal(line, Assert.Throws<UnreadableSqlException>(() => SqlScript.Read(sql, SqlEngine.Postgres)).Line);

    private static MigrationRule Rule(string id) => MigrationRules.All.Single(rule => rule.Id == id);

    private static IEnumerable<string> Broken(SqlEngine engine, string sql) => MigrationLint.Check(engine, "p.sql", sql).Select(finding => finding.Rule);
}
