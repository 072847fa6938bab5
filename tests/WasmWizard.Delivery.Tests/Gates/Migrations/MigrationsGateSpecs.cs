using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Migrations;

namespace WasmWizard.Delivery.Tests.Gates.Migrations;

public class MigrationsGateSpecs
{
    /// <summary>Two migrations for both engines, as a repository in order has them.</summary>
    internal static MigrationSet Healthy { get; } = Locked(
        new("Postgres/0001_users.sql", "CREATE TABLE users (id text PRIMARY KEY);"),
        new("Postgres/0002_age.sql", "ALTER TABLE users ADD COLUMN age bigint;"),
        new("Sqlite/0001_users.sql", "CREATE TABLE users (id TEXT PRIMARY KEY);"),
        new("Sqlite/0002_age.sql", "ALTER TABLE users ADD COLUMN age INTEGER;"));

    [Fact]
    public void Safe_locked_migrations_of_both_engines_pass()
    {
        var result = MigrationsGate.Judge(Healthy with { BaseLock = Healthy.Lock });

        Assert.True(result.Verdict == Verdict.Passed, result.Reason);
        Assert.Equal(4, result.Measurements["files"]);
    }

    [Fact]
    public void A_finding_names_file_line_hazard_and_recipe()
    {
        var set = Locked([.. Healthy.Files, new("Postgres/0003_no_email.sql", "SELECT 1;\nALTER TABLE users DROP COLUMN email;"), new("Sqlite/0003_no_email.sql", "SELECT 1;")]);

        var result = MigrationsGate.Judge(set);

        Assert.Equal(Verdict.Refused, result.Verdict);
        Assert.Contains("Postgres/0003_no_email.sql:2 drop-column: releases that still name the column fail", result.Reason, StringComparison.Ordinal);
        Assert.Contains("-- contract:", result.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void An_edit_after_the_lock_is_refused_and_cannot_be_locked_again_once_it_is_on_the_base()
    {
        var edited = Healthy with { Files = [Healthy.Files[0] with { Sql = "CREATE TABLE users (id text PRIMARY KEY, a text);" }, .. Healthy.Files.Skip(1)] };
        Assert.Equal(["checksum"], Rules(edited));

        var again = edited with { Lock = MigrationLock.Write(edited.Files, MigrationLock.Parse("")), BaseLock = Healthy.Lock };
        Assert.Equal(["lock-changed"], Rules(again));
        Assert.Equal(Healthy.Lock, MigrationLock.Write(edited.Files, MigrationLock.Parse(Healthy.Lock!)));
    }

    [Fact]
    public void What_is_not_a_step_forward_is_refused()
    {
        Assert.Equal(["forward-only"], Rules(With("Postgres/0002_age.down.sql", "SELECT 1;")));
        Assert.Equal(["forward-only"], Rules(With("rollback.sh", "")));
        Assert.Equal(["both-engines"], Rules(With("Postgres/0003_more.sql", "SELECT 1;")));
        Assert.Equal(["numbering", "numbering"], Rules(Locked([.. Healthy.Files, new("Postgres/0004_x.sql", "SELECT 1;"), new("Sqlite/0004_x.sql", "SELECT 1;")])));
        Assert.Contains("missing", Rules(Healthy with { Files = [.. Healthy.Files.Skip(1)] }));
        Assert.Equal(Enumerable.Repeat("not-locked", 4), Rules(Healthy with { Lock = null }));
    }

    [Theory]
    [InlineData("zz  Postgres/0001_users.sql")]
    [InlineData("<<<<<<< HEAD")]
    public void A_lock_that_cannot_be_read_is_an_error(string line) =>
        Assert.Equal(Verdict.Errored, MigrationsGate.Judge(Healthy with { Lock = Healthy.Lock + line }).Verdict);

    [Fact]
    public void Sql_that_cannot_be_read_is_an_error_with_file_and_line()
    {
        var result = MigrationsGate.Judge(With("Postgres/0003_x.sql", "SELECT 1;\nSELECT 'open;"));

        Assert.Equal(Verdict.Errored, result.Verdict);
        Assert.StartsWith("Postgres/0003_x.sql:2 cannot be read", result.Reason, StringComparison.Ordinal);
    }

    internal static MigrationSet With(string path, string sql) => Locked([.. Healthy.Files, new(path, sql)]);

    internal static MigrationSet Locked(params MigrationFile[] files) => new(files, MigrationLock.Write(files, MigrationLock.Parse("")), null);

    private static IEnumerable<string> Rules(MigrationSet set) => MigrationsGate.Findings(set).Select(finding => finding.Rule);
}
