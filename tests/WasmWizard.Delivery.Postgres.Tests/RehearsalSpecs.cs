using WasmWizard.Delivery.Postgres.Tests.Fixtures;
using WasmWizard.Delivery.Rollouts;
using WasmWizard.Delivery.Testing;

namespace WasmWizard.Delivery.Postgres.Tests;

/// <summary>A migration is tried on the restored copy first, and the release before on its result.</summary>
[Collection(OneServer.Name)]
[Trait("suite", "complete")]
public sealed class RehearsalSpecs(PostgresServer server)
{
    private static readonly string[] Both = ["0001_step", "0002_step"];

    [PostgresFact]
    public async Task A_schema_that_the_release_before_does_not_work_on_is_refused_and_one_that_it_does_passes()
    {
        await using var shop = await Shop.Open(server);
        await shop.StartWriting();
        var refusing = new StubRunner { OldRelease = _ => "execute: answered 500" };
        var target = new DatabaseTarget(shop.Address, shop.Taking(), refusing, TestReleases.Number(1));

        var refused = await target.Deploy(TestReleases.Number(2, 2));

        Assert.Equal(4, ExitCodes.Of(refused));
        Assert.Contains("does not work on the schema", OutcomeText.Of(refused, "development").ToString(), StringComparison.Ordinal);
        Assert.Equal([$"migrate on {shop.Address.Database}_scratch", $"suite of 1.1.0 on {shop.Address.Database}_scratch"], refusing.Ran);
        Assert.Equal("0001_step", await shop.Ask("SELECT string_agg(name, ',') FROM schema_migrations"));

        var passing = new StubRunner();
        var passed = await new DatabaseTarget(shop.Address, shop.Taking(), passing, TestReleases.Number(1)).Deploy(TestReleases.Number(2, 2));

        Assert.IsType<RolloutOutcome.Healthy>(passed);
        Assert.Equal($"migrate on {shop.Address.Database}", passing.Ran[^1]);
        Assert.Equal(string.Join(',', Both), await shop.Ask("SELECT string_agg(name, ',' ORDER BY version) FROM schema_migrations"));
        Assert.Single(shop.Taking().All());
    }

    [PostgresFact]
    public async Task A_migration_that_fails_halfway_fails_on_the_copy_and_leaves_the_database_alone()
    {
        await using var shop = await Shop.Open(server);
        var runner = new StubRunner { Statement = _ => "CREATE TABLE half (id integer); SELECT 1 / 0" };

        var outcome = await new DatabaseTarget(shop.Address, shop.Taking(), runner, TestReleases.Number(1)).Deploy(TestReleases.Number(2, 2));

        Assert.Equal(4, ExitCodes.Of(outcome));
        Assert.Contains("division by zero", OutcomeText.Of(outcome, "development").ToString(), StringComparison.Ordinal);
        Assert.Equal([$"migrate on {shop.Address.Database}_scratch"], runner.Ran);
        Assert.Null(await shop.Ask("SELECT to_regclass('half')::text"));
    }

    [PostgresFact]
    public async Task Another_release_without_a_migration_is_backed_up_too_and_the_same_one_is_not()
    {
        await using var shop = await Shop.Open(server);
        var runner = new StubRunner();
        var target = new DatabaseTarget(shop.Address, shop.Taking(), runner, TestReleases.Number(1));

        Assert.IsType<RolloutOutcome.Healthy>(await target.Deploy(TestReleases.Number(2)));
        Assert.IsType<RolloutOutcome.Unchanged>(await target.Deploy(TestReleases.Number(2)));

        Assert.Single(shop.Taking().All());
        Assert.Empty(runner.Ran);
    }
}
