using WasmWizard.Delivery.Migrations;
using WasmWizard.Delivery.Testing;

namespace WasmWizard.Delivery.Tests.Migrations;

public class ContractRuleSpecs
{
    private static readonly string[] Contracting = ["0003_step"];

    [Fact]
    public void A_contract_is_blocked_while_what_serves_was_written_for_the_older_schema()
    {
        var fault = Assert.Single(ContractRule.Blocking(TestReleases.Number(2, 3), ["0002_step", "0003_step"], Contracting, TestReleases.Number(1, 1)));

        Assert.Equal("WW3120", fault.Id);
        Assert.Contains("0003_step", fault.Observed, StringComparison.Ordinal);
        Assert.Contains("without 0002_step", fault.Observed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_contract_passes_when_what_serves_brings_everything_before_it() =>
        Assert.Empty(ContractRule.Blocking(TestReleases.Number(2, 3), ["0003_step"], Contracting, TestReleases.Number(1, 2)));

    [Fact]
    public void Migrations_that_expand_are_never_blocked() =>
        Assert.Empty(ContractRule.Blocking(TestReleases.Number(2, 3), ["0002_step", "0003_step"], [], TestReleases.Number(1, 1)));

    [Fact]
    public void Nothing_can_come_back_at_a_first_deploy_nor_when_the_release_serves_already()
    {
        Assert.Empty(ContractRule.Blocking(TestReleases.Number(2, 3), ["0003_step"], Contracting, null));
        Assert.Empty(ContractRule.Blocking(TestReleases.Number(2, 3), ["0003_step"], Contracting, TestReleases.Number(2, 3)));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    [InlineData(3, 0)]
    public void After_a_contract_only_releases_without_need_of_the_old_schema_can_come_back(int migrationsOfTheOlder, int faults)
    {
        var unsafeTo = ContractRule.Unsafe(TestReleases.Number(1, migrationsOfTheOlder), TestReleases.Number(2, 3), ["0001_step", "0002_step", "0003_step"], Contracting);

        Assert.Equal(faults, unsafeTo.Count);
        Assert.All(unsafeTo, fault => Assert.Equal("WW3121", fault.Id));
    }

    [Fact]
    public void A_contract_that_has_not_run_keeps_nobody_away() =>
        Assert.Empty(ContractRule.Unsafe(TestReleases.Number(1, 1), TestReleases.Number(2, 3), ["0001_step", "0002_step"], Contracting));
}

public class ContractingSpecs
{
    [Fact]
    public void Migrations_that_say_so_contract() => Assert.Equal(
        ["0003_drop_note"],
        Contracting.Of(
        [
            new("Postgres/0001_users.sql", "CREATE TABLE users (id bigint PRIMARY KEY, note text);"),
            new("Postgres/0003_drop_note.sql", "-- contract: nobody reads it since 0002\nALTER TABLE users DROP COLUMN note;"),
            new("Sqlite/0003_drop_note.sql", "-- contract: nobody reads it since 0002\nALTER TABLE users DROP COLUMN note;"),
            new("checksums.lock", ""),
        ]));
}
