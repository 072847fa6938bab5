using WasmWizard.Delivery.Postgres.Servers;
using WasmWizard.Delivery.Postgres.Tests.Fixtures;
using WasmWizard.Delivery.Rollouts;
using WasmWizard.Delivery.Testing;

namespace WasmWizard.Delivery.Postgres.Tests;

/// <summary>The real service as the release before, on the schema that the next release would leave.</summary>
[Collection(OneServer.Name)]
[Trait("suite", "complete")]
public sealed class RealReleaseSpecs(PostgresServer server)
{
    private const string Further = "9000_further";

    [PostgresTheory]
    [InlineData("CREATE TABLE further (id bigint PRIMARY KEY)", null)]
    [InlineData("DROP TABLE wasm_modules", "store a module")]
    [InlineData("ALTER TABLE api_keys RENAME COLUMN sha256 TO hash", "no key")]
    public async Task Its_core_suite_decides_whether_the_next_schema_may_come(string sql, string? fault)
    {
        await using var shop = await Shop.Open(server);
        var address = PostgresAddress.Parse(await server.NewDatabaseAsync());
        var serving = TestReleases.Number(1) with { Migrations = RealRunner.Migrations };
        var wanted = TestReleases.Number(2) with { Migrations = [.. RealRunner.Migrations, Further] };
        var runner = new RealRunner(shop.Root, (Further, sql));
        Assert.Equal(0, (await runner.Run(serving, ["migrate"], address, CancellationToken.None)).ExitCode);
        var options = shop.Options() with { Database = address };

        var outcome = await new DatabaseTarget(address, new PostgresBackups(options, TimeProvider.System), runner, serving).Deploy(wanted);

        var told = OutcomeText.Of(outcome, "development").ToString();
        Assert.True(ExitCodes.Of(outcome) == (fault is null ? 0 : 4), told);
        await using var session = await Session.Open(address, CancellationToken.None);
        Assert.Equal(fault is null, (await session.Migrations(CancellationToken.None)).Contains(Further));
        if (fault is not null)
            Assert.Contains(fault, told, StringComparison.Ordinal);
    }
}
