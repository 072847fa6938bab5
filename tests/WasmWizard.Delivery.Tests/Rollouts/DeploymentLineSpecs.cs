using Microsoft.Extensions.Time.Testing;
using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Rollouts;
using WasmWizard.Delivery.Testing;

namespace WasmWizard.Delivery.Tests.Rollouts;

/// <summary>A stopped line holds deployments back and nothing else, until it is opened again.</summary>
public class DeploymentLineSpecs
{
    private readonly FakeTimeProvider _time = new();
    private readonly SimulatedEnvironment _environment;

    public DeploymentLineSpecs() => _environment = new SimulatedEnvironment(_time);

    private DeploymentLine Line
    {
        get
        {
            var target = new InMemoryTarget(_environment.World, new SimulatedProcess("line"));
            return new(new(target, _environment.Ledger, _environment.Locks, target, _time), new() { Environment = EnvironmentName.Research, Branch = "research", Holder = "ada@host 42" });
        }
    }

    private int Entries => Assert.IsType<LedgerReading.Whole>(_environment.Ledger.Verify()).Chain.Entries.Count;

    [Fact]
    public async Task A_deploy_is_refused_with_who_and_why_and_changes_nothing()
    {
        await _environment.Deploy(TestReleases.Number(1));
        Assert.Equal("the disk is full", Assert.IsType<LineOutcome.Known>(await Line.Freeze("the disk is full", CancellationToken.None)).Freeze!.Detail);
        var entries = Entries;

        var outcome = Assert.IsType<RolloutOutcome.Frozen>(await _environment.Deploy(TestReleases.Number(2)));

        Assert.Equal(("ada@host 42", "the disk is full"), (outcome.By.By, outcome.By.Detail));
        Assert.Equal(TestReleases.Number(1), _environment.World.Serving);
        Assert.Equal(entries, Entries);
        Assert.Null(_environment.Locks.Current);
    }

    [Fact]
    public async Task A_rollback_goes_through_and_the_line_stays_stopped()
    {
        await _environment.Deploy(TestReleases.Number(1));
        await _environment.Deploy(TestReleases.Number(2));
        await Line.Freeze("errors", CancellationToken.None);

        Assert.IsType<RolloutOutcome.Healthy>(await _environment.Rollback());

        Assert.Equal(TestReleases.Number(1), _environment.World.Serving);
        Assert.NotNull(_environment.History.Freeze);
    }

    [Fact]
    public async Task An_opened_line_deploys_again()
    {
        await Line.Freeze("errors", CancellationToken.None);
        Assert.Null(Assert.IsType<LineOutcome.Known>(await Line.Unfreeze(CancellationToken.None)).Freeze);

        Assert.IsType<RolloutOutcome.Healthy>(await _environment.Deploy(TestReleases.Number(1)));
    }

    [Fact]
    public async Task Opening_an_open_line_writes_nothing()
    {
        await Line.Unfreeze(CancellationToken.None);

        Assert.Equal(0, Entries);
        Assert.Null(Assert.IsType<LineOutcome.Known>(await Line.Look(CancellationToken.None)).Freeze);
    }

    [Fact]
    public async Task Whoever_changes_the_environment_is_not_disturbed()
    {
        await _environment.Locks.TryAcquire("bob@host 7", "deploy", TimeSpan.FromMinutes(1), CancellationToken.None);

        Assert.Equal("bob@host 7", Assert.IsType<LineOutcome.LockHeld>(await Line.Freeze("errors", CancellationToken.None)).By.Holder);
        Assert.Equal(0, Entries);
    }
}
