using Microsoft.Extensions.Time.Testing;
using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.Rollouts;
using WasmWizard.Delivery.Testing;

namespace WasmWizard.Delivery.Tests.Rollouts;

/// <summary>What ends a rollout other than a failing step: cancellation, a lost lock, death, a way back that takes too long.</summary>
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
    public async Task A_torn_last_line_is_cut_off_and_noted_even_when_nothing_else_is_to_do()
    {
        await _environment.Deploy(First);
        _environment.Ledger.TornTail = "{\"ordinal\":18,\"at\"";

        Assert.IsType<RolloutOutcome.Unchanged>(await _environment.Deploy(First));

        var last = Assert.IsType<LedgerReading.Whole>(_environment.Ledger.Verify()).Chain.Entries[^1];
        Assert.Equal((LedgerActions.Repair, LedgerOutcomes.Done), (last.Action, last.Outcome));
        Assert.Contains(_environment.Events, heard => heard is RolloutEvent.LedgerRepaired);
        Assert.Null(_environment.Locks.Current);
    }

    [Fact]
    public async Task A_full_disk_in_the_middle_leaves_what_served_serving()
    {
        await _environment.Deploy(First);
        using var process = new SimulatedProcess("ada");
        process.Disturb = (_, what) =>
            process.Effects.Contains("start") && what.StartsWith("append", StringComparison.Ordinal) ? Disturbance.FailBefore : Disturbance.None;

        var outcome = Assert.IsType<RolloutOutcome.RolledBack>(await _environment.Runner(process).Deploy(Second, null, process.Asked));

        // The new instance runs beside and is not drained without a record; the old one was never touched.
        Assert.Contains("was made to fail", outcome.Failure.Reason, StringComparison.Ordinal);
        Assert.Contains(outcome.Tolerated, failure => failure.Step == "drain");
        Assert.Equal(2, _environment.World.Instances.Count);
        Assert.Equal(First, _environment.World.Serving);
        Assert.IsType<RolloutOutcome.Healthy>(await _environment.Deploy(First));
        Assert.Single(_environment.World.Instances);
    }

    [Fact]
    public async Task A_full_disk_from_the_first_step_on_is_undone_without_a_record()
    {
        await _environment.Deploy(First);
        using var process = new SimulatedProcess("ada");
        process.Disturb = (_, what) =>
            process.Effects.Contains("fence") && what.StartsWith("append", StringComparison.Ordinal) ? Disturbance.FailBefore : Disturbance.None;

        var outcome = Assert.IsType<RolloutOutcome.RolledBack>(await _environment.Runner(process).Deploy(Second, null, process.Asked));

        Assert.Equal(First, outcome.To);
        Assert.All(outcome.Tolerated, failure => Assert.Equal("ledger", failure.Step));
        Assert.Equal(First, _environment.World.Serving);
        Assert.IsType<RolloutOutcome.Unchanged>(await _environment.Deploy(First));
        Assert.Equal(LedgerOutcomes.Interrupted, _environment.History.LastClosed!.Outcome);
    }

    [Fact]
    public async Task A_late_entry_of_a_superseded_holder_is_gone_behind()
    {
        await _environment.Deploy(First);
        using var process = new SimulatedProcess("ada");
        process.Disturb = (_, what) =>
        {
            if (what == "append start intent" && !process.Effects.SkipLast(1).Contains(what))
            {
                var chain = Assert.IsType<LedgerReading.Whole>(_environment.Ledger.Verify()).Chain;
                var late = chain.Seal(new LedgerDraft("deploy", "failed") { Rollout = 1, Step = "drain" }, "late", _time.GetUtcNow());
                _environment.Ledger.Lines.Add(LedgerJson.Write(late));
            }

            return Disturbance.None;
        };

        Assert.IsType<RolloutOutcome.Healthy>(await _environment.Runner(process).Deploy(Second, null, process.Asked));

        var entries = Assert.IsType<LedgerReading.Whole>(_environment.Ledger.Verify()).Chain.Entries;
        Assert.Single(entries, entry => entry.By == "late");
        Assert.Single(entries, entry => entry is { By: "ada", Step: "start", Outcome: "intent" });
    }

    [Fact]
    public async Task A_store_that_never_appends_is_found_out()
    {
        using var process = new SimulatedProcess("ada") { Disturb = (_, what) => what.StartsWith("append", StringComparison.Ordinal) ? Disturbance.Lie : Disturbance.None };

        var outcome = Assert.IsType<RolloutOutcome.NotStarted>(await _environment.Runner(process).Deploy(First, null, process.Asked));

        Assert.Equal("The ledger refuses entry 1 and does not hold one; required: a store that appends.", outcome.Reason);
    }

    [Fact]
    public async Task A_ledger_that_breaks_under_the_run_stops_it()
    {
        using var process = new SimulatedProcess("ada");
        process.Disturb = (_, what) =>
        {
            if (what == "append start intent")
            {
                _environment.Ledger.Lines.Add("garbage");
            }

            return Disturbance.None;
        };

        var outcome = Assert.IsType<RolloutOutcome.RolledBack>(await _environment.Runner(process).Deploy(First, null, process.Asked));

        Assert.Contains("not readable", outcome.Failure.Reason, StringComparison.Ordinal);
        var refused = Assert.IsType<RolloutOutcome.Refused>(await _environment.Deploy(First));
        Assert.Equal("WW3040", Assert.Single(refused.Faults).Id);
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
