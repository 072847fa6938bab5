using WasmWizard.Delivery.Local.State;
using WasmWizard.Delivery.Local.Tests.Fixtures;
using WasmWizard.Delivery.Probes;
using WasmWizard.Delivery.Rollouts;

namespace WasmWizard.Delivery.Local.Tests;

[Collection(Deployments.Name)]
public sealed class DeploySpecs(PublishedService service)
{
    [Fact]
    public async Task A_first_deploy_serves_and_a_second_of_the_same_release_changes_nothing()
    {
        using var place = new Place();
        var first = await service.Release("one");

        var outcome = await place.Deploy(first);

        var healthy = Place.Is<RolloutOutcome.Healthy>(outcome);
        Assert.Empty(healthy.Tolerated);
        using var probe = new ServiceProbe(place.State.ProbeKey);
        var answer = await probe.Ask(healthy.Address!, CancellationToken.None);
        Assert.True(answer.IsWell, answer.Observed);
        var entries = (await place.Chain()).Entries.Count;

        Place.Is<RolloutOutcome.Unchanged>(await place.Deploy(first));
        Assert.Equal(entries, (await place.Chain()).Entries.Count);
    }

    [Fact]
    public async Task A_second_release_takes_over_and_a_rollback_brings_the_first_back()
    {
        using var place = new Place();
        var first = await service.Release("one");
        var second = await service.Release("two");
        await place.Deploy(first);
        var address = place.Address;

        Place.Is<RolloutOutcome.Healthy>(await place.Deploy(second));
        Assert.Equal(second.Release.Id, (await place.Observe()).Serving?.Id);
        Assert.Equal(address, place.Address);
        Assert.Single((await place.Status()).Instances);

        Place.Is<RolloutOutcome.Healthy>(await place.Rollback());
        Assert.Equal(first.Release.Id, (await place.Observe()).Serving?.Id);
        Assert.Equal(first.Release.Id.ToString(), (await File.ReadAllTextAsync(place.State.TagOf("research"))).Trim());
    }

    [Fact]
    public async Task A_stop_ends_every_process_and_the_next_deploy_serves_again()
    {
        using var place = new Place();
        var release = await service.Release("one");
        await place.Deploy(release);

        Place.Is<RolloutOutcome.Stopped>(await place.Stop());
        Assert.Empty(place.Processes());
        Place.Is<RolloutOutcome.Unchanged>(await place.Stop());

        Place.Is<RolloutOutcome.Healthy>(await place.Deploy(release));
    }

    [Fact]
    public async Task Only_the_last_releases_are_kept()
    {
        using var place = new Place { Options = options => options with { KeptReleases = 2 } };
        foreach (var variant in new[] { "one", "two", "three" })
            Place.Is<RolloutOutcome.Healthy>(await place.Deploy(await service.Release(variant)));

        var kept = (await place.Releases.All(default)).Select(release => release.Version);

        Assert.Equal(["0.0.0-test.three", "0.0.0-test.two"], kept);
        Assert.Equal(2, Directory.GetFiles(place.State.Layers).Length);
        Assert.Equal(2, Directory.GetDirectories(place.State.Releases).Length);
        Assert.Single(Directory.GetDirectories(place.State.Front.Binaries));
    }

    [Fact]
    public async Task The_log_of_the_serving_instance_can_be_read()
    {
        using var place = new Place();
        await place.Deploy(await service.Release("one"));

        var lines = new List<string>();
        await foreach (var line in new LocalLogs(place.State).Tail(null, 100, follow: false, CancellationToken.None))
            lines.Add(line);

        Assert.Contains(lines, line => line.Contains("Listening on", StringComparison.Ordinal));
    }
}
