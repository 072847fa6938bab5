using System.Globalization;
using WasmWizard.Delivery.Local.Protocol.Processes;
using WasmWizard.Delivery.Local.Tests.Fixtures;
using WasmWizard.Delivery.Probes;
using WasmWizard.Delivery.Rollouts;
using Xunit.Abstractions;

namespace WasmWizard.Delivery.Local.Tests;

/// <summary>Real kills at random moments. The seed is printed; the same seed gives the same points, not the same scheduling.</summary>
[Collection(Deployments.Name)]
[Trait("suite", "complete")]
public sealed class KillSpecs(PublishedService service, ITestOutputHelper output)
{
    /// <summary>A deploy tells about 40 events; some kills come after its end.</summary>
    private const int Events = 40;

    private const int MillisecondsAfterEvent = 150;

    /// <summary>Of pipelines; half as many of first deploys and of fronts. Set to 100 for the campaign.</summary>
    private static readonly int Kills = Number("WASM_WIZARD_KILLS") ?? 10;

    private static readonly int Seed = Number("WASM_WIZARD_SEED") ?? 1;

    [Fact]
    public async Task After_a_pipeline_was_killed_anywhere_the_next_deploy_converges()
    {
        using var place = new Place();
        await Campaign(place, Kills, KillPipeline);
    }

    [Fact]
    public async Task After_a_first_deploy_was_killed_anywhere_the_next_deploy_converges()
    {
        for (var kill = 0; kill < Kills; kill += 2)
        {
            using var place = new Place();
            await Campaign(place, 1, KillPipeline, Seed + kill);
        }
    }

    [Fact]
    public async Task After_the_front_was_killed_during_a_deploy_the_next_deploy_converges()
    {
        using var place = new Place();
        Place.Is<RolloutOutcome.Healthy>(await place.Deploy(await service.Release("base")));
        await Campaign(place, Kills / 2, async (pipeline, random) =>
        {
            var point = random.Next(Events);
            for (var line = 0; line < point && await pipeline.NextLine() is not null; line++)
            {
            }

            if (place.Front.Running() is { } front)
                Signals.End(front.Process);
            while (await pipeline.NextLine() is not null)
            {
            }

            await pipeline.Ended();
            return $"front killed after event {point}";
        });
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private static async Task<string> KillPipeline(Pipeline pipeline, Random random)
    {
        var point = random.Next(Events);
        for (var line = 0; line < point && await pipeline.NextLine() is not null; line++)
        {
        }

        await Task.Delay(random.Next(MillisecondsAfterEvent));
        await pipeline.Kill();
        return $"pipeline killed after event {point}";
    }

    private async Task Campaign(Place place, int kills, Func<Pipeline, Random, Task<string>> disturb, int? seed = null)
    {
        output.WriteLine($"seed {seed ?? Seed}, {kills} kills");
        var random = new Random(seed ?? Seed);
        for (var kill = 1; kill <= kills; kill++)
        {
            var wanted = await service.Release($"variant {kill % 3}");
            using (var pipeline = Pipeline.Deploy(place, wanted))
                output.WriteLine($"{kill}: {await disturb(pipeline, random)}");

            var next = await service.Release($"variant {(random.Next(2) == 0 ? kill % 3 : (kill + 1) % 3)}");
            var outcome = await place.Deploy(next);
            Assert.True(outcome is RolloutOutcome.Healthy or RolloutOutcome.Unchanged, OutcomeText.Of(outcome, "research").ToString());
            await AssertWhole(place, next);
        }
    }

    private static async Task AssertWhole(Place place, Deliverable serving)
    {
        var observed = await place.Observe();
        Assert.Equal(serving.Release.Id, observed.Serving?.Id);
        Assert.Empty(observed.Drift);
        using var probe = new ServiceProbe(place.State.ProbeKey);
        var answer = await probe.Ask(observed.Address!, CancellationToken.None);
        Assert.True(answer.IsWell, answer.Observed);
        // The front and one instance, nothing else.
        Assert.Equal(2, place.Processes().Count);
        Assert.Null(await place.Locks.Read(CancellationToken.None));
        Assert.Empty(RolloutHistoryOf(await place.Chain()).Open);
    }

    private static Ledger.RolloutHistory RolloutHistoryOf(Ledger.LedgerChain chain) => Ledger.RolloutHistory.Of(chain);
}
