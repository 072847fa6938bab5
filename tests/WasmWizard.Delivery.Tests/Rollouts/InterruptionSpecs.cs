using Microsoft.Extensions.Time.Testing;
using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.Rollouts;
using WasmWizard.Delivery.Testing;

namespace WasmWizard.Delivery.Tests.Rollouts;

/// <summary>
/// What ends a rollout other than a failing step: cancellation, a lost lock, death, a way back that takes too long. Tests that pause a
/// process run without a synchronisation context, so that what was paused goes on at once and in order where it is let go.
/// </summary>
public class InterruptionSpecs
{
    private static readonly Release First = TestReleases.Number(1);
    private static readonly Release Second = TestReleases.Number(2);
    private readonly FakeTimeProvider _time = new();
    private readonly SimulatedEnvironment _environment;

    public InterruptionSpecs() => _environment = new SimulatedEnvironment(_time);

    [Fact]
    public async Task Cancelled_before_the_first_change_nothing_was_changed()
    {
        using var process = new SimulatedProcess("ada");
        process.Cancel();

        var outcome = await _environment.Runner(process).Deploy(First, null, process.Asked);

        Assert.Null(Assert.IsType<RolloutOutcome.Cancelled>(outcome).Step);
        Assert.Empty(process.Effects);
    }

    [Fact]
    public async Task Cancelled_in_the_middle_it_is_undone_before_it_ends()
    {
        await _environment.Deploy(First);
        var outcome = await Disturbed("take-over", Disturbance.Cancel, Second);

        Assert.Equal("take-over", Assert.IsType<RolloutOutcome.Cancelled>(outcome).Step);
        Assert.Equal(First, _environment.World.Serving);
        Assert.Single(_environment.World.Instances);
        Assert.Equal(LedgerOutcomes.Cancelled, _environment.History.LastClosed!.Outcome);
        Assert.Contains(_environment.Events, heard => heard is RolloutEvent.Undoing { To: { } to } && to == First);
    }

    [Fact]
    public async Task Cancelled_after_the_release_is_proven_it_stays_and_the_rest_is_left_to_the_next_deploy()
    {
        await _environment.Deploy(First);
        var outcome = Assert.IsType<RolloutOutcome.Healthy>(await Disturbed("append environment observed", Disturbance.Cancel, Second));

        Assert.Equal(["drain", "tag", "prune"], outcome.Tolerated.Select(failure => failure.Step));
        Assert.Equal(Second, _environment.World.Serving);
        Assert.IsType<RolloutOutcome.Healthy>(await _environment.Deploy(Second));
        Assert.Single(_environment.World.Instances);
    }

    [Fact]
    public async Task A_run_that_died_after_its_last_step_keeps_no_lock_when_the_next_one_has_nothing_to_change()
    {
        await _environment.Deploy(First);
        using var other = new SimulatedProcess("other");
        await _environment.Locks.As(other).TryAcquire("other", "deploy", _environment.Lease, CancellationToken.None);

        Assert.Equal("other", Assert.IsType<RolloutOutcome.LockHeld>(await _environment.Deploy(First)).By.Holder);
        other.Die();
        Assert.IsType<RolloutOutcome.Unchanged>(await _environment.Deploy(First));
        Assert.Null(_environment.Locks.Current);
    }

    [Fact]
    public async Task A_broken_lock_stops_the_run_without_an_undo()
    {
        await _environment.Deploy(First);
        using var process = new SimulatedProcess("ada");
        process.Disturb = (_, what) =>
        {
            if (what == "take-over")
            {
                _environment.Locks.Break("ada", default);
            }

            return Disturbance.None;
        };

        var outcome = Assert.IsType<RolloutOutcome.LockLost>(await _environment.Runner(process).Deploy(Second, null, process.Asked));

        Assert.Equal(_environment.History.Open.Single().Number, outcome.Rollout);
        Assert.DoesNotContain(_environment.Events, heard => heard is RolloutEvent.Undoing);
        Assert.Equal(2, _environment.World.Instances.Count);
        Assert.IsType<RolloutOutcome.Healthy>(await _environment.Deploy(Second));
        Assert.Contains(_environment.Events, heard => heard is RolloutEvent.InterruptedFound { Rollout.By: "ada" });
    }

    [Fact]
    public async Task A_stale_holder_is_refused_by_the_world()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        await _environment.Deploy(First);
        _environment.Locks.SeesProcesses = false;
        using var stale = new SimulatedProcess("stale");
        var pause = new TaskCompletionSource();
        stale.Turn = () => stale.Effects is [.., "append start intent"] ? pause.Task : Task.CompletedTask;
        var late = _environment.Runner(stale).Deploy(Second, null, stale.Asked);
        _time.Advance(_environment.Lease);

        Assert.IsType<RolloutOutcome.Healthy>(await _environment.Deploy(TestReleases.Number(3)));
        pause.SetResult();

        Assert.IsType<RolloutOutcome.LockLost>(await late);
        Assert.Equal(1, _environment.World.Refused);
        Assert.Equal(TestReleases.Number(3), _environment.World.Serving);
        Assert.IsType<LedgerReading.Whole>(_environment.Ledger.Verify());
    }

    [Fact]
    public async Task A_stale_act_is_refused_also_when_the_new_holder_had_nothing_to_change()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        await _environment.Deploy(First);
        _environment.Locks.SeesProcesses = false;
        using var stale = new SimulatedProcess("stale");
        var pause = new TaskCompletionSource();
        stale.Turn = () => stale.Effects is [.., "append start intent"] ? pause.Task : Task.CompletedTask;
        var late = _environment.Runner(stale).Deploy(Second, null, stale.Asked);
        _time.Advance(_environment.Lease);

        Assert.IsType<RolloutOutcome.Unchanged>(await _environment.Deploy(First));
        pause.SetResult();

        Assert.IsType<RolloutOutcome.LockLost>(await late);
        Assert.Equal(1, _environment.World.Refused);
        Assert.Equal(First.Id, Assert.Single(_environment.World.Instances).Key);
    }

    [Fact]
    public async Task An_act_left_behind_by_a_way_back_that_took_too_long_cannot_take_the_route_from_the_next_deploy()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        await _environment.Deploy(First);
        _environment.World.FailsInEnvironment.Add(Second.Id);
        using var slow = new SimulatedProcess("slow");
        var pause = new TaskCompletionSource();
        slow.Turn = () => slow.Effects.Count(effect => effect == "append take-over intent") == 2 && !slow.Effects.Contains("append take-over failed")
            ? pause.Task
            : Task.CompletedTask;
        var stuck = _environment.Runner(slow).Deploy(Second, null, slow.Asked);
        slow.Turn = () => Task.CompletedTask;
        _time.Advance(_environment.UndoTime);
        Assert.IsType<RolloutOutcome.Stuck>(await stuck);

        _environment.World.FailsInEnvironment.Clear();
        using var fresh = new SimulatedProcess("fresh");
        fresh.Turn = () =>
        {
            if (fresh.Effects is [.., "append environment observed"])
            {
                pause.TrySetResult();
            }

            return Task.CompletedTask;
        };
        Assert.IsType<RolloutOutcome.Healthy>(await Task.Run(() => _environment.Runner(fresh).Deploy(Second, null, fresh.Asked)));

        Assert.Equal(1, _environment.World.Refused);
        Assert.Equal(Second, _environment.World.Serving);
        Assert.Empty(_environment.World.Violations);
    }

    [Fact]
    public async Task Of_two_deploys_at_once_one_wins_and_the_other_is_told_who_holds_the_lock()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var environment = new SimulatedEnvironment(new FakeTimeProvider());
            using var ada = new SimulatedProcess("ada");
            using var bob = new SimulatedProcess("bob");
            var outcomes = await Task.Run(() => RunBoth(environment, ada, bob, new Random(seed)));

            var winner = Assert.Single(outcomes.OfType<RolloutOutcome.Healthy>());
            var other = Assert.Single(outcomes, outcome => outcome != winner);
            Assert.True(other is RolloutOutcome.LockHeld { By.Holder: "ada" or "bob" }, $"seed {seed}: {other}");
            Assert.Equal(winner.Release, environment.World.Serving);
        }
    }

    [Fact]
    public async Task A_way_back_that_takes_too_long_is_given_up_and_said_to_be()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        await _environment.Deploy(First);
        _environment.UndoTime = TimeSpan.FromSeconds(5);
        _environment.World.FailsInEnvironment.Add(Second.Id);
        using var process = new SimulatedProcess("ada");
        var hangs = new TaskCompletionSource();
        process.Turn = () => process.Effects is [.., "append environment failed"] ? hangs.Task : Task.CompletedTask;
        var run = _environment.Runner(process).Deploy(Second, null, process.Asked);

        _time.Advance(TimeSpan.FromSeconds(6));
        hangs.SetResult();

        var stuck = Assert.IsType<RolloutOutcome.Stuck>(await run);
        Assert.Equal("environment", stuck.Failure.Step);
        Assert.Equal("not done within 5 s", stuck.Undo!.Reason);
        Assert.Equal(LedgerOutcomes.Stuck, _environment.History.LastClosed!.Outcome);
        Assert.IsType<RolloutOutcome.Healthy>(await _environment.Deploy(First));
    }

    [Fact]
    public async Task An_unproven_release_that_serves_is_better_than_nothing_to_go_back_to()
    {
        using var process = new SimulatedProcess("ada") { Disturb = (_, what) => what == "take-over" ? Disturbance.DieAfter : Disturbance.None };
        await _environment.Runner(process).Deploy(First, null, process.Asked);
        Assert.Equal(First, _environment.World.Serving);
        _environment.World.FailsToStart.Add(Second.Id);

        var outcome = Assert.IsType<RolloutOutcome.RolledBack>(await _environment.Deploy(Second));

        Assert.Equal(First, outcome.To);
        Assert.Equal(First.Id, _environment.History.Serving);
    }

    [Fact]
    public async Task An_unproven_release_that_fails_again_is_taken_down()
    {
        using var process = new SimulatedProcess("ada") { Disturb = (_, what) => what == "take-over" ? Disturbance.DieAfter : Disturbance.None };
        await _environment.Runner(process).Deploy(First, null, process.Asked);
        _environment.World.FailsInEnvironment.Add(First.Id);

        Assert.Null(Assert.IsType<RolloutOutcome.RolledBack>(await _environment.Deploy(First)).To);
        Assert.Empty(_environment.World.Instances);
    }

    [Fact]
    public async Task Stopping_what_does_not_run_changes_nothing()
    {
        Assert.Null(Assert.IsType<RolloutOutcome.Unchanged>(await _environment.Stop()).Release);
        await _environment.Deploy(First);
        Assert.IsType<RolloutOutcome.Stopped>(await _environment.Stop());
        Assert.Null(Assert.IsType<RolloutOutcome.Unchanged>(await _environment.Stop()).Release);
        Assert.IsType<RolloutOutcome.Healthy>(await _environment.Deploy(First));
    }

    private async Task<RolloutOutcome> Disturbed(string at, Disturbance disturbance, Release wanted)
    {
        using var process = new SimulatedProcess("ada") { Disturb = (_, what) => what == at ? disturbance : Disturbance.None };
        return await _environment.Runner(process).Deploy(wanted, null, process.Asked);
    }

    private static RolloutOutcome[] RunBoth(SimulatedEnvironment environment, SimulatedProcess ada, SimulatedProcess bob, Random random)
    {
        var interleaving = new Interleaving(random);
        interleaving.Add(ada);
        interleaving.Add(bob);
        Task<RolloutOutcome>[] runs =
        [
            environment.Runner(ada).Deploy(First, null, ada.Asked),
            environment.Runner(bob).Deploy(Second, null, bob.Asked),
        ];

        // The one that comes second looks again while the first still runs: fair turns end it long before.
        interleaving.Drive(runs, () => { });
        return [.. runs.Select(run => run.Result)];
    }
}
