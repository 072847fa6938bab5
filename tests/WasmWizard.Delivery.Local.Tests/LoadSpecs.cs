using System.Globalization;
using WasmWizard.Delivery.Local.Tests.Fixtures;
using WasmWizard.Delivery.Rollouts;
using Xunit.Abstractions;

namespace WasmWizard.Delivery.Local.Tests;

[Collection(Deployments.Name)]
[Trait("suite", "complete")]
public sealed class LoadSpecs(PublishedService service, ITestOutputHelper output)
{
    /// <summary>Set to 100 for the campaign.</summary>
    private static readonly int Rounds =
        int.Parse(Environment.GetEnvironmentVariable("WASM_WIZARD_LOAD_ROUNDS") ?? "5", CultureInfo.InvariantCulture);

    [Fact]
    public async Task No_request_is_lost_over_deploys_and_rollbacks_under_load()
    {
        using var place = new Place();
        Place.Is<RolloutOutcome.Healthy>(await place.Deploy(await service.Release("base")));
        await using var load = new Load(place.Address, place.ProbeKey);

        for (var round = 1; round <= Rounds; round++)
        {
            var next = await service.Release($"variant {round % 3}", ("MAX_QUEUE", (64 + round).ToString(CultureInfo.InvariantCulture)));
            Place.Is<RolloutOutcome.Healthy>(await place.Deploy(next));
            Place.Is<RolloutOutcome.Healthy>(await place.Rollback());
        }

        await load.End();
        output.WriteLine($"{Rounds} deploys, {Rounds} rollbacks, {load.Answers} answers, {load.Failures.Count} failures, {load.Reconnections} reconnections");
        Assert.Empty(load.Failures);
        Assert.Equal(0, load.Reconnections);
        Assert.True(load.Answers > Rounds, "The load must have been answered at all.");
    }
}
