using Microsoft.Extensions.Time.Testing;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.Rollouts;
using WasmWizard.Delivery.Testing;

namespace WasmWizard.Delivery.Tests.Rollouts;

public class RollbackSpecs
{
    private static readonly Release First = TestReleases.Number(1);
    private static readonly Release Second = TestReleases.Number(2, migrations: 2);
    private static readonly Release Third = TestReleases.Number(3, migrations: 3);
    private readonly SimulatedEnvironment _environment = new(new FakeTimeProvider());

    [Fact]
    public async Task Going_back_leads_to_the_last_healthy_release_and_leaves_the_schema()
    {
        await DeployAll(First, Second, Third);

        Assert.Equal(Second, Assert.IsType<RolloutOutcome.Healthy>(await _environment.Rollback()).Release);
        Assert.Equal(First, Assert.IsType<RolloutOutcome.Healthy>(await _environment.Rollback()).Release);

        Assert.Equal(First, _environment.World.Serving);
        Assert.Equal(Third.Migrations, _environment.World.Schema);
        Assert.Equal(First.Id, _environment.World.Tag);
    }

    [Fact]
    public async Task A_named_release_is_gone_back_to_also_when_it_was_left_before()
    {
        await DeployAll(First, Second, Third);

        await _environment.Rollback(First.Id);
        Assert.Equal(Third, Assert.IsType<RolloutOutcome.Healthy>(await _environment.Rollback(Third.Id)).Release);
    }

    [Fact]
    public async Task Going_back_to_what_serves_changes_nothing()
    {
        await DeployAll(First, Second);

        Assert.Equal(Second, Assert.IsType<RolloutOutcome.Unchanged>(await _environment.Rollback(Second.Id)).Release);
    }

    [Fact]
    public async Task With_nothing_before_it_is_refused_with_what_there_is()
    {
        await DeployAll(First);

        var fault = Assert.Single(Assert.IsType<RolloutOutcome.Refused>(await _environment.Rollback()).Faults);

        Assert.Equal("WW3042", fault.Id);
        Assert.Contains($"no release before {First.Id}", fault.Observed, StringComparison.Ordinal);
        Assert.Equal("./build.sh Deploy --branch research", fault.Next);
    }

    [Fact]
    public async Task On_an_empty_environment_it_is_refused()
    {
        var fault = Assert.Single(Assert.IsType<RolloutOutcome.Refused>(await _environment.Rollback()).Faults);

        Assert.Contains("no release before nothing", fault.Observed, StringComparison.Ordinal);
        Assert.EndsWith("none", fault.Required, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_what_serves_is_dead_the_last_healthy_release_comes_back()
    {
        await DeployAll(First, Second);
        _environment.World.Instances.Clear();

        Assert.Equal(Second, Assert.IsType<RolloutOutcome.Healthy>(await _environment.Rollback()).Release);
    }

    [Fact]
    public async Task A_pruned_release_is_skipped_by_default_and_refused_by_name()
    {
        await DeployAll(First, Second, Third);
        _environment.World.Stored.Remove(Second);

        var fault = Assert.Single(Assert.IsType<RolloutOutcome.Refused>(await _environment.Rollback(Second.Id)).Faults);

        Assert.Equal($"release {Second.Id} was healthy here, but is kept no longer", fault.Observed);
        Assert.Contains($"{Third.Id} (1.3.0), {First.Id} (1.1.0)", fault.Required, StringComparison.Ordinal);
        Assert.Equal(First, Assert.IsType<RolloutOutcome.Healthy>(await _environment.Rollback()).Release);
    }

    [Fact]
    public async Task A_release_that_never_was_healthy_is_no_place_to_go_back_to()
    {
        await DeployAll(First);
        _environment.World.FailsToStart.Add(Second.Id);
        await _environment.Deploy(Second);
        Assert.Contains(Second, _environment.World.Stored);

        var never = Assert.Single(Assert.IsType<RolloutOutcome.Refused>(await _environment.Rollback(Second.Id)).Faults);
        var unknown = Assert.Single(Assert.IsType<RolloutOutcome.Refused>(await _environment.Rollback(Third.Id)).Faults);

        Assert.Equal($"release {Second.Id} is kept, but never was healthy here", never.Observed);
        Assert.Equal($"release {Third.Id} is not known here", unknown.Observed);
        Assert.Equal($"./build.sh Rollback --branch research --to {First.Id}", unknown.Next);
    }

    [Fact]
    public async Task A_rollback_that_fails_leaves_what_served_serving()
    {
        await DeployAll(First, Second);
        _environment.World.FailsInEnvironment.Add(First.Id);

        var outcome = Assert.IsType<RolloutOutcome.RolledBack>(await _environment.Rollback());

        Assert.Equal((First, Second), (outcome.Failed, outcome.To));
        Assert.Equal(Second, _environment.World.Serving);
        Assert.Equal(Second.Id, _environment.History.Serving);
        Assert.Equal([First.Id, Second.Id], _environment.History.Line);
    }

    private async Task DeployAll(params Release[] releases)
    {
        foreach (var release in releases)
        {
            Assert.IsType<RolloutOutcome.Healthy>(await _environment.Deploy(release));
        }
    }
}
