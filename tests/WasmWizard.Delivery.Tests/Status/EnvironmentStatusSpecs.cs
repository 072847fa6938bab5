using Microsoft.Extensions.Time.Testing;
using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Status;
using WasmWizard.Delivery.Testing;

namespace WasmWizard.Delivery.Tests.Status;

public class EnvironmentStatusSpecs
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero));
    private readonly SimulatedEnvironment _environment;

    public EnvironmentStatusSpecs() => _environment = new SimulatedEnvironment(_time);

    [Fact]
    public async Task An_environment_that_was_never_deployed_to_has_no_phase_yet()
    {
        var status = await Status();

        Assert.Equal(EnvironmentPhase.None, status.Phase);
        Assert.Equal(
            """{"environment":"research","branch":"research","phase":"None","url":null,"since":null,"release":null,"by":null,"drift":[]}""",
            StatusJson.Write(status));
    }

    [Fact]
    public async Task A_healthy_environment_says_what_runs_since_when_and_by_whom()
    {
        var release = TestReleases.Number(1);
        await _environment.Deploy(release);
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(
            $$"""{"environment":"research","branch":"research","phase":"Healthy","url":"http://127.0.0.1:8095/","since":"2026-01-02T03:04:05.678Z","release":{"version":"1.1.0","commit":"{{release.Commit}}","tree":"{{release.Tree}}","digest":"{{release.Digest}}"},"by":"quiet","drift":[]}""",
            StatusJson.Write(await Status()));
    }

    [Fact]
    public async Task A_stopped_environment_says_so()
    {
        await _environment.Deploy(TestReleases.Number(1));
        await _environment.Stop();

        Assert.Equal(EnvironmentPhase.Stopped, (await Status()).Phase);
    }

    [Fact]
    public async Task A_failed_deploy_shows_as_rolled_back_with_what_serves()
    {
        await _environment.Deploy(TestReleases.Number(1));
        _environment.World.FailsToStart.Add(TestReleases.Number(2).Id);
        await _environment.Deploy(TestReleases.Number(2));

        var status = await Status();

        Assert.Equal(EnvironmentPhase.RolledBack, status.Phase);
        Assert.Equal(TestReleases.Number(1), status.Release);
        Assert.Empty(status.Drift);
    }

    [Fact]
    public async Task A_release_that_nobody_recorded_is_drift()
    {
        await _environment.Deploy(TestReleases.Number(1));
        _environment.World.Instances[TestReleases.Number(2).Id] = TestReleases.Number(2);
        _environment.World.RouteTo(TestReleases.Number(2).Id);

        var status = await Status();

        Assert.Equal(EnvironmentPhase.Degraded, status.Phase);
        Assert.Null(status.By);
        Assert.Equal($"release {TestReleases.Number(2).Id} serves; recorded: release {TestReleases.Number(1).Id}", Assert.Single(status.Drift));
    }

    [Fact]
    public async Task What_the_target_observes_as_drift_degrades()
    {
        await _environment.Deploy(TestReleases.Number(1));
        _environment.World.Drift.Add("the front was started again");

        var status = await Status();

        Assert.Equal(EnvironmentPhase.Degraded, status.Phase);
        Assert.Equal(["the front was started again"], status.Drift);
    }

    [Fact]
    public async Task A_dead_instance_is_nothing_that_serves()
    {
        await _environment.Deploy(TestReleases.Number(1));
        _environment.World.Instances.Clear();

        var status = await Status();

        Assert.Equal(EnvironmentPhase.Degraded, status.Phase);
        Assert.Equal($"nothing serves; recorded: release {TestReleases.Number(1).Id}", Assert.Single(status.Drift));
    }

    [Fact]
    public async Task A_running_rollout_is_progress_and_a_dead_one_is_drift()
    {
        await _environment.Deploy(TestReleases.Number(1));
        using var process = new SimulatedProcess("ada") { Disturb = (_, what) => what == "start" ? Disturbance.DieBefore : Disturbance.None };
        await _environment.Runner(process).Deploy(TestReleases.Number(2), null, process.Asked);

        Assert.Equal(EnvironmentPhase.Progressing, (await Status()).Phase);
        _time.Advance(_environment.Lease);
        var status = await Status();

        Assert.Equal(EnvironmentPhase.Degraded, status.Phase);
        Assert.Contains("of ada ended without an outcome; ./build.sh Deploy --branch research", Assert.Single(status.Drift), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stuck_rollout_degrades_until_a_deploy_makes_it_whole()
    {
        await _environment.Deploy(TestReleases.Number(1));
        _environment.World.FailsInEnvironment.Add(TestReleases.Number(1).Id);
        _environment.World.FailsToStart.Add(TestReleases.Number(2).Id);
        await _environment.Deploy(TestReleases.Number(2));

        Assert.Equal(EnvironmentPhase.Degraded, (await Status()).Phase);
        _environment.World.FailsInEnvironment.Clear();
        await _environment.Deploy(TestReleases.Number(1));

        Assert.Equal(EnvironmentPhase.Healthy, (await Status()).Phase);
    }

    private async Task<EnvironmentStatus> Status()
    {
        using var process = new SimulatedProcess("reader");
        var observation = await new InMemoryTarget(_environment.World, process).Observe(default);
        return EnvironmentStatus.Of(
            EnvironmentName.Research, "research", _environment.History, observation, _environment.Locks.Current, _time.GetUtcNow());
    }
}
