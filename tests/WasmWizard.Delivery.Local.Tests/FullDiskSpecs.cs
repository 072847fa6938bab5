using WasmWizard.Delivery.Local.Tests.Fixtures;
using WasmWizard.Delivery.Probes;
using WasmWizard.Delivery.Rollouts;

namespace WasmWizard.Delivery.Local.Tests;

[Trait("suite", "complete")]
[Collection(Deployments.Name)]
public sealed class FullDiskSpecs(PublishedService service)
{
    [Theory]
    [InlineData("unpack")]
    [InlineData("start")]
    [InlineData("take-over")]
    public async Task A_disk_that_fills_up_during_a_deploy_stops_it_and_nothing_else(string step)
    {
        await using var disk = await SmallDisk.Mount(megabytes: 600);
        using var place = new Place(disk.Sub("place"));
        var serving = await service.Release("serving");
        var wanted = await service.Release("wanted");
        Place.Is<RolloutOutcome.Healthy>(await place.Deploy(serving));
        using var target = place.Target(wanted.Layer);
        var disturbed = new DisturbedTarget(target, async (acting, act) =>
        {
            if (acting.Id == step)
                disk.Fill();
            await act();
        });

        var outcome = await place.Runner(disturbed).Deploy(wanted.Release, null, CancellationToken.None);

        Assert.True(outcome is RolloutOutcome.RolledBack or RolloutOutcome.Stuck, OutcomeText.Of(outcome, "research").ToString());
        await AssertAnswers(place);
        disk.Free();
        Assert.NotEmpty((await place.Chain()).Entries);
        Place.Is<RolloutOutcome.Healthy>(await place.Deploy(wanted));
        await AssertAnswers(place);
        Assert.Null(await place.Locks.Read(default));
    }

    /// <summary>Executions go on: nothing that serves needs the disk.</summary>
    private static async Task AssertAnswers(Place place)
    {
        using var probe = new ServiceProbe(place.State.ProbeKey);
        var answer = await probe.Execute(place.Address, CancellationToken.None);
        Assert.True(answer.IsWell, answer.Observed);
    }
}
