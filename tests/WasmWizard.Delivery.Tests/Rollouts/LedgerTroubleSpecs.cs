using Microsoft.Extensions.Time.Testing;
using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.Rollouts;
using WasmWizard.Delivery.Testing;

namespace WasmWizard.Delivery.Tests.Rollouts;

/// <summary>A ledger that is torn, full, late, repeated, silent or broken while a run writes to it.</summary>
public class LedgerTroubleSpecs
{
    private static readonly Release First = TestReleases.Number(1);
    private static readonly Release Second = TestReleases.Number(2);
    private readonly FakeTimeProvider _time = new();
    private readonly SimulatedEnvironment _environment;

    public LedgerTroubleSpecs() => _environment = new SimulatedEnvironment(_time);

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
    public async Task A_store_that_repeats_a_write_whose_answer_was_lost_does_not_make_two_entries()
    {
        using var process = new SimulatedProcess("ada");
        var target = new InMemoryTarget(_environment.World, process);
        var ports = new RolloutPorts(target, new RepeatingStore(_environment.Ledger.As(process)), _environment.Locks.As(process), target, _time);
        var options = new RolloutOptions { Environment = EnvironmentName.Research, Branch = "research", Holder = "ada" };

        Assert.IsType<RolloutOutcome.Healthy>(await new RolloutRunner(ports, options, new Progress<RolloutEvent>()).Deploy(First, null, default));

        Assert.Equal(16, Assert.IsType<LedgerReading.Whole>(_environment.Ledger.Verify()).Chain.Entries.Count);
    }

    [Fact]
    public async Task A_lock_lost_before_the_first_entry_changes_nothing()
    {
        using var process = new SimulatedProcess("ada");
        process.Disturb = (_, what) =>
        {
            if (what == "append deploy started")
            {
                _environment.Locks.Break("ada", default);
                _environment.Ledger.Append(LedgerChain.Empty.Seal(new LedgerDraft("unlock", "done"), "bob", _time.GetUtcNow()), default);
            }

            return Disturbance.None;
        };

        var outcome = await _environment.Runner(process).Deploy(First, null, process.Asked);

        Assert.Null(Assert.IsType<RolloutOutcome.LockLost>(outcome).Rollout);
        Assert.Empty(_environment.World.Stored);
        Assert.Single(_environment.Ledger.Lines);
    }

    private sealed class RepeatingStore(ILedgerStore inner) : ILedgerStore
    {
        public Task<RawLedger> Read(CancellationToken cancellation) => inner.Read(cancellation);

        public async Task<bool> Append(LedgerEntry entry, CancellationToken cancellation)
        {
            await inner.Append(entry, cancellation);
            return await inner.Append(entry, cancellation);
        }
    }
}
