using Microsoft.Extensions.Time.Testing;
using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Rollouts;
using WasmWizard.Delivery.Testing;

namespace WasmWizard.Delivery.Tests.Rollouts;

public class DeploySpecs
{
    private readonly FakeTimeProvider _time = new();
    private readonly SimulatedEnvironment _environment;

    public DeploySpecs() => _environment = new SimulatedEnvironment(_time);

    [Fact]
    public async Task The_first_deploy_leaves_the_release_serving_and_recorded()
    {
        var outcome = Assert.IsType<RolloutOutcome.Healthy>(await _environment.Deploy(TestReleases.Number(1)));

        Assert.Equal(TestReleases.Number(1), _environment.World.Serving);
        Assert.Equal(InMemoryTarget.Address, outcome.Address);
        Assert.Empty(outcome.Tolerated);
        Assert.Equal(TestReleases.Number(1).Id, _environment.History.Serving);
        Assert.Null(_environment.Locks.Current);
        Assert.Equal(
            """
            deploy - started
            deploy prepare intent
            deploy prepare observed
            deploy back-up observed
            deploy migrate intent
            deploy migrate observed
            deploy start intent
            deploy start observed
            deploy take-over intent
            deploy take-over observed
            deploy environment observed
            deploy drain observed
            deploy tag intent
            deploy tag observed
            deploy prune observed
            deploy - healthy
            """,
            Story());
    }

    [Fact]
    public async Task A_second_deploy_of_the_same_release_writes_nothing()
    {
        await _environment.Deploy(TestReleases.Number(1));
        using var process = new SimulatedProcess("again");

        var outcome = await _environment.Runner(process).Deploy(TestReleases.Number(1), null, process.Asked);

        Assert.Equal(TestReleases.Number(1), Assert.IsType<RolloutOutcome.Unchanged>(outcome).Release);
        Assert.Empty(process.Effects);
    }

    [Fact]
    public async Task A_release_that_brings_a_migration_is_backed_up_before()
    {
        await _environment.Deploy(TestReleases.Number(1));
        await _environment.Deploy(TestReleases.Number(2, migrations: 3));

        Assert.Equal(["0001_step", "0002_step", "0003_step"], _environment.World.Schema);
        Assert.Equal("0001_step", Assert.Single(_environment.World.Backups).Content.SchemaHash);
        Assert.Equal(TestReleases.Number(2, 3).Id, Assert.Single(_environment.World.Instances).Key);
        Assert.Empty(_environment.World.Violations);
    }

    [Fact]
    public async Task A_release_that_does_not_start_leaves_the_old_one_serving()
    {
        await _environment.Deploy(TestReleases.Number(1));
        _environment.World.FailsToStart.Add(TestReleases.Number(2).Id);

        var outcome = Assert.IsType<RolloutOutcome.RolledBack>(await _environment.Deploy(TestReleases.Number(2)));

        Assert.Equal(TestReleases.Number(1), outcome.To);
        Assert.Equal("start", outcome.Failure.Step);
        Assert.Contains("exit code 1", outcome.Failure.Reason, StringComparison.Ordinal);
        Assert.Equal(TestReleases.Number(1), _environment.World.Serving);
        Assert.Equal(TestReleases.Number(1).Id, _environment.History.Serving);
        Assert.Equal(LedgerOutcomes.RolledBack, _environment.History.LastClosed!.Outcome);
    }

    [Fact]
    public async Task A_release_that_answers_wrongly_is_undone_after_it_took_over()
    {
        await _environment.Deploy(TestReleases.Number(1));
        _environment.World.FailsInEnvironment.Add(TestReleases.Number(2).Id);

        var outcome = Assert.IsType<RolloutOutcome.RolledBack>(await _environment.Deploy(TestReleases.Number(2)));

        Assert.Equal("environment", outcome.Failure.Step);
        Assert.Contains("not as wanted", outcome.Failure.Reason, StringComparison.Ordinal);
        Assert.Equal(TestReleases.Number(1).Id, Assert.Single(_environment.World.Instances).Key);
        Assert.Equal(TestReleases.Number(1).Id, _environment.World.Tag);
    }

    [Fact]
    public async Task A_first_deploy_that_fails_is_taken_down_again()
    {
        _environment.World.FailsInEnvironment.Add(TestReleases.Number(1).Id);

        var outcome = Assert.IsType<RolloutOutcome.RolledBack>(await _environment.Deploy(TestReleases.Number(1)));

        Assert.Null(outcome.To);
        Assert.Null(_environment.World.Route);
        Assert.Empty(_environment.World.Instances);
        Assert.Null(_environment.History.Serving);
    }

    [Fact]
    public async Task A_step_that_succeeds_without_doing_anything_is_found_out()
    {
        using var process = new SimulatedProcess("believer") { Disturb = (_, what) => what == "take-over" ? Disturbance.Lie : Disturbance.None };

        var outcome = Assert.IsType<RolloutOutcome.RolledBack>(
            await _environment.Runner(process).Deploy(TestReleases.Number(1), null, process.Asked));

        Assert.Equal("take-over", outcome.Failure.Step);
        Assert.Contains("done without an error, but observed", outcome.Failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tag")]
    [InlineData("prune")]
    [InlineData("stop")]
    public async Task Housekeeping_that_fails_does_not_undo_a_healthy_release(string failing)
    {
        _environment.World.KeptReleases = 1;
        await _environment.Deploy(TestReleases.Number(1));
        using var process = new SimulatedProcess("unlucky")
        {
            Disturb = (_, what) => what.StartsWith(failing, StringComparison.Ordinal) ? Disturbance.FailBefore : Disturbance.None,
        };

        var outcome = Assert.IsType<RolloutOutcome.Healthy>(
            await _environment.Runner(process).Deploy(TestReleases.Number(2), null, process.Asked));

        Assert.Equal(failing == "stop" ? "drain" : failing, Assert.Single(outcome.Tolerated).Step);
        Assert.Equal(TestReleases.Number(2), _environment.World.Serving);
        Assert.Contains(Entries(), entry => entry.Outcome == LedgerOutcomes.Failed && entry.Detail!.StartsWith("tolerated: ", StringComparison.Ordinal));

        // The next deploy of the same release does what was left over.
        Assert.IsType<RolloutOutcome.Healthy>(await _environment.Deploy(TestReleases.Number(2)));
        Assert.IsType<RolloutOutcome.Unchanged>(await _environment.Deploy(TestReleases.Number(2)));
        Assert.Single(_environment.World.Instances);
    }

    [Fact]
    public async Task Every_fault_is_listed_at_once_before_anything_changes()
    {
        _environment.World.Faults.Add(new Fault("WW3101", "port 8095 is taken", "a free port", "choose another"));
        _environment.World.Faults.Add(new Fault("WW3102", "the disk is full", "60 MiB", "make room"));
        await _environment.Ledger.Append(LedgerChain.Empty.Seal(new LedgerDraft("deploy", "healthy"), "ada", _time.GetUtcNow()), default);
        _environment.Ledger.Lines[0] = _environment.Ledger.Lines[0].Replace("ada", "eve", StringComparison.Ordinal);
        var before = _environment.Fingerprint;

        var outcome = Assert.IsType<RolloutOutcome.Refused>(await _environment.Deploy(TestReleases.Number(1)));

        Assert.Equal(["WW3040", "WW3101", "WW3102"], outcome.Faults.Select(fault => fault.Id));
        Assert.Equal(before, _environment.Fingerprint);
    }

    [Fact]
    public async Task A_plan_that_changed_since_it_was_agreed_to_is_not_executed()
    {
        await _environment.Deploy(TestReleases.Number(1));
        using var process = new SimulatedProcess("careful");
        var (plan, _) = await _environment.Runner(process).Preview(TestReleases.Number(3), default);
        Assert.Empty(process.Effects);
        await _environment.Deploy(TestReleases.Number(2));
        var lines = _environment.Ledger.Lines.Count;

        var outcome = Assert.IsType<RolloutOutcome.PlanChanged>(
            await _environment.Runner(process).Deploy(TestReleases.Number(3), plan!.Hash, process.Asked));

        Assert.Equal(plan.Hash, outcome.Expected);
        Assert.NotEqual(plan.Hash, outcome.Now.Hash);
        Assert.Equal(lines, _environment.Ledger.Lines.Count);
        Assert.Null(_environment.Locks.Current);
        Assert.IsType<RolloutOutcome.Healthy>(
            await _environment.Runner(process).Deploy(TestReleases.Number(3), outcome.Now.Hash, process.Asked));
    }

    [Fact]
    public async Task Preview_lists_what_stands_in_the_way()
    {
        _environment.World.Faults.Add(new Fault("WW3101", "port 8095 is taken", "a free port", "choose another"));
        using var process = new SimulatedProcess("careful");

        var (plan, faults) = await _environment.Runner(process).Preview(TestReleases.Number(1), default);

        Assert.Null(plan);
        Assert.Equal("WW3101", Assert.Single(faults).Id);
    }

    [Fact]
    public async Task A_dead_instance_is_brought_back_by_deploying_the_same_release()
    {
        await _environment.Deploy(TestReleases.Number(1));
        _environment.World.Instances.Clear();

        Assert.IsType<RolloutOutcome.Healthy>(await _environment.Deploy(TestReleases.Number(1)));

        Assert.Equal(TestReleases.Number(1), _environment.World.Serving);
    }

    private IReadOnlyList<LedgerEntry> Entries() => Assert.IsType<LedgerReading.Whole>(_environment.Ledger.Verify()).Chain.Entries;

    private string Story() => string.Join('\n', Entries().Select(entry => $"{entry.Action} {entry.Step ?? "-"} {entry.Outcome}"));
}
