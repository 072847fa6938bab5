using System.Globalization;
using WasmWizard.Delivery.Compose.Tests.Fixtures;
using WasmWizard.Delivery.Rollouts;
using Xunit.Abstractions;

namespace WasmWizard.Delivery.Compose.Tests;

[Collection(OneEngine.Name)]
[Trait("suite", "complete")]
public sealed class LoadSpecs(StagingEngine engine, ITestOutputHelper output)
{
    /// <summary>Deploys, and as many rollbacks; 100 for a campaign.</summary>
    private static readonly int Rounds =
        int.Parse(Environment.GetEnvironmentVariable("WASM_WIZARD_LOAD_ROUNDS") ?? "5", CultureInfo.InvariantCulture);

    /// <summary>All workers together send a few hundred requests in a second.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(30);

    [EngineFact]
    public async Task No_request_is_lost_over_deploys_and_rollbacks_under_load()
    {
        var staging = await engine.StandingAsync();
        var first = (await staging.Staging.Target.Observe(CancellationToken.None)).Serving!;
        var backups = Backups(staging);
        var began = TimeProvider.System.GetTimestamp();
        await using var load = new Load(staging.Place, await staging.Staging.ProbeKey(), kept: 6, fresh: 2, Beat);

        for (var round = 1; round <= Rounds; round++)
        {
            var next = await staging.ReleaseAsync($"variant {round % 2}", new Dictionary<string, string> { ["MAX_QUEUE"] = (300 + round).ToString(CultureInfo.InvariantCulture) });
            staging.Is<RolloutOutcome.Healthy>(await staging.Staging.Deploy(next));
            await DeploySpecs.AssertServes(staging, next);
            staging.Is<RolloutOutcome.Healthy>(await staging.Staging.Rollback());
            await DeploySpecs.AssertServes(staging, first);
        }

        await load.End();
        var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Rounds} deploys, {Rounds} rollbacks, {load.Answers} answers in {seconds:0} s ({load.Answers / seconds:0}/s), {load.Failures.Count} failures, {load.Reconnections} reconnections"));
        Assert.Empty(load.Failures);
        Assert.Equal(0, load.Reconnections);
        Assert.True(load.Answers > Rounds, "The load must have been answered at all.");
        Assert.Equal(Rounds, Backups(staging) - backups);
    }

    /// <summary>Backups that were proven, also those that retention has removed since.</summary>
    private static int Backups(StagingEnvironment staging) => staging.Events.Count(told => told.StartsWith("StepDone { Step = back-up", StringComparison.Ordinal));
}
