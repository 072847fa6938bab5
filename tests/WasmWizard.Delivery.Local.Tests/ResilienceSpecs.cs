using WasmWizard.Delivery.Local.Fronts;
using WasmWizard.Delivery.Local.Protocol.Processes;
using WasmWizard.Delivery.Local.Tests.Fixtures;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Probes;
using WasmWizard.Delivery.Rollouts;

namespace WasmWizard.Delivery.Local.Tests;

/// <summary>What serves survives the pipeline, its terminal, its clone and the death of its parts.</summary>
[Trait("suite", "complete")]
[Collection(Deployments.Name)]
[Trait("suite", "complete")]
public sealed class ResilienceSpecs(PublishedService service)
{
    [Fact]
    public async Task A_killed_front_is_drift_and_the_next_deploy_starts_one_that_adopts_the_instance()
    {
        using var place = new Place();
        var release = await service.Release("one");
        await place.Deploy(release);
        var address = place.Address;
        var pid = (await place.Status()).Routed!.Pid;
        Signals.End(place.Front.Running()!.Process);
        await Waiting.Until(() => place.Front.Running() is null);
        Assert.Contains("front is down", Assert.Single((await place.Observe()).Drift.Take(1)), StringComparison.Ordinal);

        Place.Is<RolloutOutcome.Healthy>(await place.Deploy(release));

        Assert.Equal(pid, (await place.Status()).Routed!.Pid);
        Assert.Equal(address, place.Address);
        Assert.Empty((await place.Observe()).Drift);
    }

    [Fact]
    public async Task A_killed_instance_is_started_again_and_shown_as_drift()
    {
        using var place = new Place();
        await place.Deploy(await service.Release("one"));
        var first = (await place.Status()).Routed!;

        Signals.End(ProcessIdentity.Of(first.Pid!.Value)!);

        await Waiting.Until(async () => (await place.Status()).Routed is { Address: not null } routed && routed.Pid != first.Pid);
        using var probe = new ServiceProbe(place.State.ProbeKey);
        Assert.True((await probe.Ask(place.Address, CancellationToken.None)).IsWell);
        Assert.Contains("signal 9", Assert.Single((await place.Observe()).Drift), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_everything_is_dead_a_deploy_of_the_same_release_serves_again()
    {
        using var place = new Place();
        var release = await service.Release("one");
        await place.Deploy(release);
        var processes = place.Processes();
        foreach (var process in processes)
            Signals.End(process);
        await Waiting.Until(() => !processes.Any(process => process.Lives));

        Place.Is<RolloutOutcome.Healthy>(await place.Deploy(release));

        Assert.Equal(2, place.Processes().Count);
    }

    [Fact]
    public async Task A_stop_after_the_front_was_killed_ends_the_instance_too()
    {
        using var place = new Place();
        await place.Deploy(await service.Release("one"));
        Signals.End(place.Front.Running()!.Process);
        await Waiting.Until(() => place.Front.Running() is null);
        Assert.NotEmpty(place.Processes());

        Place.Is<RolloutOutcome.Stopped>(await place.Stop());

        await Waiting.Until(() => place.Processes().Count == 0);
    }

    [Fact]
    public async Task Deleting_what_it_was_built_from_does_not_disturb_it()
    {
        using var place = new Place();
        var clone = Directory.CreateTempSubdirectory("clone-").FullName;
        foreach (var file in Directory.EnumerateFiles(Repository.FrontBinaries))
            File.Copy(file, Path.Combine(clone, Path.GetFileName(file)));
        place.Options = options => options with { FrontBinaries = clone };
        var release = await service.Release("one");
        var layer = Path.Combine(clone, "layer.tar");
        File.Copy(release.Layer, layer);
        Place.Is<RolloutOutcome.Healthy>(await place.Deploy(release with { Layer = layer }));

        Directory.Delete(clone, recursive: true);

        using var probe = new ServiceProbe(place.State.ProbeKey);
        Assert.True((await probe.Ask(place.Address, CancellationToken.None)).IsWell);
        Place.Is<RolloutOutcome.Unchanged>(await place.Deploy(release));
        Place.Is<RolloutOutcome.Healthy>(await place.Deploy(await service.Release("two")));
    }

    [Fact]
    public async Task It_holds_nothing_of_the_pipeline_that_started_it()
    {
        using var place = new Place();
        using var pipeline = Pipeline.Deploy(place, await service.Release("one"), ("RUNNER_TRACKING_ID", "a-build-server"), ("SOME_SECRET", "value"));

        // The pipeline's stdout is also its descriptor 9: an end of file means that nobody has either any more.
        while (await pipeline.NextLine() is not null)
        {
        }

        await pipeline.Ended();
        var front = place.Front.Running()!.Process.Pid;
        var session = (await File.ReadAllTextAsync($"/proc/{front}/stat")).Split(") ")[1].Split(' ')[3];
        Assert.Equal($"{front}", session);
        Assert.Equal(place.State.Folder, new FileInfo($"/proc/{front}/cwd").LinkTarget);
        foreach (var process in place.Processes())
        {
            var environment = await File.ReadAllTextAsync($"/proc/{process.Pid}/environ");
            Assert.DoesNotContain("RUNNER_TRACKING_ID", environment, StringComparison.Ordinal);
            Assert.DoesNotContain("SOME_SECRET", environment, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_order_with_a_stale_token_is_refused()
    {
        using var place = new Place();
        await place.Deploy(await service.Release("one"));
        await place.Deploy(await service.Release("two"));
        using var client = place.Front.Client();
        var status = await client.Status(CancellationToken.None);
        var stale = new FencingToken(status.Token - 1);

        var refusal = await Assert.ThrowsAsync<StepFailedException>(() => client.Switch(stale, null, CancellationToken.None));
        await Assert.ThrowsAsync<StepFailedException>(() => client.Shutdown(stale, keepInstances: false, CancellationToken.None));

        Assert.Contains("lost the lock", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(status.Route, (await client.Status(CancellationToken.None)).Route);
    }

    [Fact]
    public async Task Another_address_that_was_asked_for_moves_the_front_and_keeps_the_instance()
    {
        using var place = new Place();
        var release = await service.Release("one");
        await place.Deploy(release);
        var instance = (await place.Status()).Routed!.Pid;
        var wanted = new Uri($"http://127.0.0.1:{FreePort()}");
        place.Options = options => options with { Address = wanted };

        Place.Is<RolloutOutcome.Healthy>(await place.Deploy(release));

        Assert.Equal(wanted, place.Address);
        Assert.Equal(instance, (await place.Status()).Routed!.Pid);
        place.Options = options => options;
        Place.Is<RolloutOutcome.Unchanged>(await place.Deploy(release));
    }

    [Fact]
    public async Task A_front_that_cannot_listen_says_so_and_leaves_nothing()
    {
        using var place = new Place();
        place.State.Create();
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var address = new Uri($"http://{taken.LocalEndpoint}");

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => place.Front.Start(address, CancellationToken.None));

        Assert.Contains("address already in use", failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(place.Processes());
    }

    [Fact]
    public async Task Two_starts_at_once_give_one_front()
    {
        using var place = new Place();
        place.State.Create();

        var fronts = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ =>
            new LocalFront(place.State, Repository.FrontBinaries, Repository.Dotnet).Start(new Uri("http://127.0.0.1:0"), CancellationToken.None)));

        Assert.Single(fronts.Select(front => front.Process).Distinct());
        await Waiting.Until(() => place.Processes().Count == 1);
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
