using System.Globalization;
using WasmWizard.Delivery.Postgres.Tests.Fixtures;
using WasmWizard.Delivery.Rollouts;
using WasmWizard.Delivery.Testing;

namespace WasmWizard.Delivery.Postgres.Tests;

/// <summary>What can go wrong with a backup, on a real server with writers at work: each blocks the deploy, and nothing is migrated.</summary>
[Collection(OneServer.Name)]
[Trait("suite", "complete")]
public sealed class BackupFaultSpecs(PostgresServer server)
{
    /// <summary>Set to 14 for the campaign of 400 and more.</summary>
    private static readonly int Repeats = int.Parse(Environment.GetEnvironmentVariable("WASM_WIZARD_BACKUP_FAULTS") ?? "1", CultureInfo.InvariantCulture);

    public static TheoryData<string> Names() => [.. BackupFault.All.Select(fault => fault.Name)];

    [PostgresTheory]
    [MemberData(nameof(Names))]
    public async Task It_blocks_the_deploy(string fault)
    {
        for (var repeat = 0; repeat < Repeats; repeat++)
            await AssertBlocked(BackupFault.All.Single(kind => kind.Name == fault));
    }

    private async Task AssertBlocked(BackupFault fault)
    {
        await using var shop = await Shop.Open(server);
        await shop.StartWriting();
        var runner = new StubRunner();
        var backups = new PostgresBackups(await fault.Break(shop, shop.Options()), TimeProvider.System);
        var target = new DatabaseTarget(shop.Address, backups, runner, TestReleases.Number(1));

        var outcome = await target.Deploy(TestReleases.Number(2, migrations: 2));

        if (!server.IsRunning)
            await server.StartAsync();
        await shop.LetGo();
        var told = OutcomeText.Of(outcome, "development").ToString();
        Assert.True(ExitCodes.Of(outcome) == 4, told);
        Assert.True(told.Contains(fault.Told, StringComparison.Ordinal), $"Required: {fault.Told}. {told}");
        Assert.Contains("back-up", told, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", told, StringComparison.Ordinal);
        Assert.Equal(TestReleases.Number(1), target.Serving);
        Assert.Empty(runner.Ran);
        Assert.Equal("0001_step", await shop.Ask("SELECT string_agg(name, ',') FROM schema_migrations"));
        Assert.Empty(new PostgresBackups(shop.Options(), TimeProvider.System).All());
        Assert.True(fault.Name.StartsWith("server", StringComparison.Ordinal) || await shop.Leftovers() == "", "No database is left behind.");
    }
}
