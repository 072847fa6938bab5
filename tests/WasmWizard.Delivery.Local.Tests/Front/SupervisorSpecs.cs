using WasmWizard.Delivery.Local.Front.Hosting;
using WasmWizard.Delivery.Local.Protocol.Messages;
using WasmWizard.Delivery.Local.Protocol.Processes;
using WasmWizard.Delivery.Local.Tests.Fixtures;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Local.Tests.Front;

public sealed class SupervisorSpecs
{
    [Fact]
    public async Task An_instance_that_ends_before_it_listens_is_told_of_with_its_last_words()
    {
        await using var place = new FrontPlace();
        await place.Start();

        var view = await place.StartInstance(FrontPlace.Spec("a-1", null, "echo 'the settings are wrong' >&2; exit 7"));

        Assert.Equal((InstancePhase.Ended, "ended with exit code 7"), (view.Phase, view.LastEnd));
        Assert.Equal(["the settings are wrong"], view.LogTail);
    }

    [Fact]
    public async Task An_instance_that_does_not_listen_in_time_is_ended()
    {
        await using var place = new FrontPlace();
        await place.Start();

        var view = await place.StartInstance(FrontPlace.Spec("a-1", null, "exec sleep 1000") with { StartWithin = TimeSpan.FromMilliseconds(100) });

        Assert.Equal(InstancePhase.Ended, view.Phase);
        Assert.Contains("did not listen", view.LastEnd, StringComparison.Ordinal);
        Assert.Empty(MarkedProcess.All(mark => mark == place.Layout.MarkOf("a-1")));
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_told_of()
    {
        await using var place = new FrontPlace();
        await place.Start();

        var view = await place.StartInstance(FrontPlace.Spec("a-1", null) with { Command = ["/nowhere/program"] });

        Assert.Equal("ended with exit code 127", view.LastEnd);
    }

    [Fact]
    public async Task The_same_order_again_gives_the_same_instance()
    {
        await using var place = new FrontPlace();
        await place.Start();
        await using var behind = await Behind.Start("a");
        var spec = FrontPlace.Spec("a-1", behind.Address);

        var views = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => place.StartInstance(spec)));

        Assert.Single(views.Select(view => view.Pid).Distinct());
        Assert.Single(MarkedProcess.All(mark => mark == place.Layout.MarkOf("a-1")));
    }

    [Fact]
    public async Task A_routed_instance_that_crashes_is_started_again_and_an_other_one_is_not()
    {
        await using var place = new FrontPlace();
        await place.Start();
        await using var behind = await Behind.Start("a");
        await place.StartInstance(FrontPlace.Spec("a-1", behind.Address));
        await place.StartInstance(FrontPlace.Spec("b-1", behind.Address));
        await place.Route("a-1");

        foreach (var process in MarkedProcess.All(mark => mark.StartsWith(place.Layout.MarkPrefix, StringComparison.Ordinal)))
            Signals.End(process);

        await Until(async () => (await place.Status()).Routed is { Phase: InstancePhase.Listening, Crashes: 1 });
        Assert.Equal("a", await place.Get());
        // The front learns of the two ends in either order.
        await Until(async () => await Other() is { Phase: not InstancePhase.Listening });
        var other = await Other();
        Assert.Equal((InstancePhase.Ended, "ended by signal 9"), (other.Phase, other.LastEnd));

        async Task<InstanceView> Other() => (await place.Status()).Instances.Single(instance => instance.Id == "b-1");
    }

    [Fact]
    public async Task Orders_that_contradict_the_state_are_refused_and_change_nothing()
    {
        await using var place = new FrontPlace();
        await place.Start();
        await using var behind = await Behind.Start("a");
        await place.StartInstance(FrontPlace.Spec("a-1", behind.Address));
        await place.Route("a-1");

        await Assert.ThrowsAsync<StepFailedException>(() => place.Stop("a-1"));
        await Assert.ThrowsAsync<StepFailedException>(() => place.Route("unknown"));
        await place.Stop("unknown");

        Assert.Equal("a", await place.Get());
    }

    [Fact]
    public async Task A_token_once_seen_keeps_smaller_ones_out_also_for_the_next_front()
    {
        await using var place = new FrontPlace { Token = new FencingToken(5) };
        await place.Start();
        using (var client = place.Client())
            await client.Fence(new FencingToken(7), CancellationToken.None);
        await place.End(keepInstances: true);
        await place.Start();

        await Assert.ThrowsAsync<StepFailedException>(() => place.Route(null));
        place.Token = new FencingToken(7);
        await place.Route(null);

        Assert.Equal(7, (await place.Status()).Token);
    }

    [Fact]
    public async Task A_call_without_the_key_is_refused()
    {
        await using var place = new FrontPlace();
        await place.Start();

        using var answer = await place.Http.GetAsync(new Uri(place.Document.Control, "status"));

        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(place.Layout.Document));
    }

    [Fact]
    public async Task An_instance_that_does_not_end_when_asked_to_is_ended()
    {
        await using var place = new FrontPlace();
        await place.Start();
        await using var behind = await Behind.Start("a");
        const string stubborn = "trap '' TERM; echo \"$ANSWERED_BY\" > \"$LISTEN_ADDRESS_FILE\"; while :; do sleep 0.05; done";
        await place.StartInstance(FrontPlace.Spec("a-1", behind.Address, stubborn));

        await place.Stop("a-1", endWithin: TimeSpan.FromMilliseconds(100));

        Assert.Empty(MarkedProcess.All(mark => mark == place.Layout.MarkOf("a-1")));
        Assert.False(Directory.Exists(place.Layout.InstanceFolder("a-1")));
    }

    [Fact]
    public async Task The_next_front_adopts_what_lives_starts_what_was_routed_to_and_ends_the_rest()
    {
        await using var place = new FrontPlace();
        await place.Start();
        await using var behind = await Behind.Start("a");
        await place.StartInstance(FrontPlace.Spec("a-1", behind.Address));
        await place.StartInstance(FrontPlace.Spec("b-1", behind.Address));
        await place.StartInstance(FrontPlace.Spec("c-1", behind.Address));
        await place.Route("a-1");
        var before = (await place.Status()).Instances.ToDictionary(instance => instance.Id, instance => instance.Pid);
        await place.End(keepInstances: true);
        foreach (var id in new[] { "a-1", "c-1" })
            await End(place, id);
        File.Delete(Path.Combine(place.Layout.InstanceFolder("b-1"), "pid.new"));
        using var stray = MarkedProcess.Start(Stray(place, "d-1"));

        await place.Start();

        await Until(async () => (await place.Status()).Routed is { Phase: InstancePhase.Listening });
        var after = (await place.Status()).Instances.ToDictionary(instance => instance.Id, instance => instance.Pid);
        Assert.Equal(["a-1", "b-1"], after.Keys.Order());
        Assert.Equal(before["b-1"], after["b-1"]);
        Assert.NotEqual(before["a-1"], after["a-1"]);
        Assert.Equal("a", await place.Get());
        await stray.WaitForExitAsync();
    }

    [Fact]
    public async Task An_adopted_instance_that_crashes_is_started_again()
    {
        await using var place = new FrontPlace();
        await place.Start();
        await using var behind = await Behind.Start("a");
        await place.StartInstance(FrontPlace.Spec("a-1", behind.Address));
        await place.Route("a-1");
        await place.End(keepInstances: true);
        await place.Start();
        await Until(async () => (await place.Status()).Routed is { Phase: InstancePhase.Listening });

        await End(place, "a-1");

        await Until(async () => (await place.Status()).Routed is { Phase: InstancePhase.Listening, Crashes: 1 });
    }

    [Fact]
    public async Task A_shutdown_ends_every_instance_first()
    {
        await using var place = new FrontPlace();
        await place.Start();
        await using var behind = await Behind.Start("a");
        await place.StartInstance(FrontPlace.Spec("a-1", behind.Address));
        await place.Route("a-1");

        using (var client = place.Client())
            await client.Shutdown(place.Token, keepInstances: false, CancellationToken.None);
        await place.Ended;

        Assert.Empty(MarkedProcess.All(mark => mark.StartsWith(place.Layout.MarkPrefix, StringComparison.Ordinal)));
        Assert.False(File.Exists(place.Layout.Document));
    }

    [Fact]
    public async Task A_front_that_is_asked_to_end_by_the_system_remembers_what_it_served()
    {
        await using var place = new FrontPlace();
        await place.Start();
        await using var behind = await Behind.Start("a");
        await place.StartInstance(FrontPlace.Spec("a-1", behind.Address));
        await place.Route("a-1");

        await place.End(keepInstances: false);
        await Until(() => Task.FromResult(MarkedProcess.All(mark => mark == place.Layout.MarkOf("a-1")).Count == 0));
        await place.Start();

        await Until(async () => (await place.Status()).Routed is { Phase: InstancePhase.Listening });
        Assert.Equal("a", await place.Get());
    }

    [Fact]
    public async Task One_front_serves_a_state_folder()
    {
        await using var place = new FrontPlace();
        await place.Start();

        await Assert.ThrowsAsync<PlaceTakenException>(() =>
            FrontHost.Start(new FrontOptions(place.Layout.State, new Uri("http://127.0.0.1:0"), "test")));
    }

    [Fact]
    public async Task A_memory_that_cannot_be_read_is_an_error_that_names_it()
    {
        await using var place = new FrontPlace();
        Directory.CreateDirectory(place.Layout.Folder);
        await File.WriteAllTextAsync(place.Layout.Memory, "{");

        var error = await Assert.ThrowsAsync<InvalidDataException>(place.Start);

        Assert.Contains(place.Layout.Memory, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instance_being_drained_is_not_started_again_under_its_id()
    {
        await using var place = new FrontPlace();
        await place.Start();
        var arrived = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        await using var behind = await Behind.Start(async _ =>
        {
            arrived.SetResult();
            await finish.Task;
        });
        var spec = FrontPlace.Spec("a-1", behind.Address);
        await place.StartInstance(spec);
        await place.Route("a-1");
        var request = place.Http.GetAsync(place.Document.Address);
        await arrived.Task;
        await place.Route(null);
        var stop = place.Stop("a-1");
        await Until(async () => (await place.Status()).Instances.Single().Phase is InstancePhase.Draining);

        await Assert.ThrowsAsync<StepFailedException>(() => place.StartInstance(spec));

        finish.SetResult();
        (await request).Dispose();
        await stop;
    }

    private static Launch Stray(FrontPlace place, string id)
    {
        var folder = Directory.CreateDirectory(Path.Combine(place.Layout.State, "elsewhere")).FullName;
        File.WriteAllText(Path.Combine(folder, MarkedProcess.Intent), "{}");
        return new Launch(
            place.Layout.MarkOf(id), folder, ["/bin/sleep", "1000"], "/", new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" }, Path.Combine(folder, "log"));
    }

    private static async Task End(FrontPlace place, string id)
    {
        var processes = MarkedProcess.All(mark => mark == place.Layout.MarkOf(id));
        foreach (var process in processes)
            Signals.End(process);
        await Until(() => Task.FromResult(!processes.Any(process => process.Lives)));
    }

    private static Task Until(Func<Task<bool>> condition) => Waiting.Until(condition);
}
