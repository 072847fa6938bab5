using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Rollouts;

/// <summary>One rollout from its <c>started</c> entry to the entry that closes it.</summary>
internal sealed class Rollout(
    RolloutPorts ports,
    RolloutOptions options,
    IProgress<RolloutEvent> progress,
    RolloutJournal journal,
    LockSession session,
    Examination.Ready ready)
{
    private readonly StepRunner _runner = new(journal, session, ports.Time, progress);

    public async Task<RolloutOutcome> Execute(CancellationToken cancellation)
    {
        // The way back is known before the first step is made.
        var fallback = ready.Wanted is { } wanted
            ? await Fallback.Choose(ready.History, ready.Observation.Serving, wanted, ports.Releases, cancellation)
            : null;
        var started = await journal.Append(new LedgerDraft(ready.Plan.Action, LedgerOutcomes.Started)
        {
            Release = ready.Wanted?.Id,
            Rollout = LedgerDraft.OwnOrdinal,
            Detail = $"plan {ready.Plan.Hash[..12]} from {ready.Plan.From?.ToString() ?? "nothing"}, lock token {session.Token}",
        });
        var about = new LedgerDraft(ready.Plan.Action, LedgerOutcomes.Observed) { Release = ready.Wanted?.Id, Rollout = started.Ordinal };
        progress.Report(new RolloutEvent.Started(started.Ordinal));
        try
        {
            var run = await Fence(cancellation) is { } unfenced
                ? new StepRun(unfenced, [], Acted: false)
                : await _runner.Run(ready.Steps, about, cancellation, session.Lost);
            return (run.Failure, ready.Wanted) switch
            {
                (null, _) => await Succeed(about, run),
                ({ } failure, null) => await LeaveHalfway(about, failure, run),
                ({ } failure, { } release) => await Undo(about, release, fallback, failure, [.. run.Tolerated]),
            };
        }
        catch (LockLostException)
        {
            return new RolloutOutcome.LockLost(started.Ordinal);
        }
    }

    private async Task<StepFailure?> Fence(CancellationToken cancellation)
    {
        try
        {
            await ports.Target.Fence(session.Token, cancellation).WaitAsync(session.Lost);
            return null;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return _runner.Describe("fence", failure, cancellation);
        }
    }

    private async Task<RolloutOutcome> Succeed(LedgerDraft about, StepRun run)
    {
        try
        {
            await journal.Append(about with { Outcome = ready.Wanted is null ? LedgerOutcomes.Done : LedgerOutcomes.Healthy, Detail = Sum(run.Tolerated) });
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The world is as wanted; undoing it would need the same ledger that just failed.
            return new RolloutOutcome.Stuck(_runner.Describe("ledger", failure, default), null);
        }

        return ready.Wanted is { } release
            ? new RolloutOutcome.Healthy(release, about.Rollout!.Value, await Address(), run.Tolerated)
            : new RolloutOutcome.Stopped(about.Rollout!.Value);
    }

    // Asked for afterwards and only for the message, so an answer that does not come takes nothing away from the outcome.
    private async Task<Uri?> Address()
    {
        try
        {
            return (await ports.Target.Observe(session.Lost)).Address;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            progress.Report(new RolloutEvent.StepFailed("address", failure.Message, Tolerated: true));
            return null;
        }
    }

    // A stop is not undone: bringing back what a person asked to end would surprise more than ending it at the next attempt.
    private async Task<RolloutOutcome> LeaveHalfway(LedgerDraft about, StepFailure failure, StepRun run)
    {
        var outcome = run.Acted ? LedgerOutcomes.Stuck : LedgerOutcomes.Cancelled;
        await _runner.TryAppend(about with { Outcome = outcome, Detail = $"{failure.Step}: {failure.Reason}" }, [.. run.Tolerated]);
        return (run.Acted, failure.Cancelled) switch
        {
            (true, _) => new RolloutOutcome.Stuck(failure, null),
            (false, true) => new RolloutOutcome.Cancelled(failure.Step),
            (false, false) => new RolloutOutcome.NotStarted($"{failure.Step}: {failure.Reason}"),
        };
    }

    private async Task<RolloutOutcome> Undo(
        LedgerDraft about, Release failed, Release? fallback, StepFailure failure, List<ToleratedFailure> tolerated)
    {
        progress.Report(new RolloutEvent.Undoing(fallback));
        var undo = about with { Action = LedgerActions.Undo, Release = fallback?.Id };
        if (await GoBack(undo, fallback, tolerated) is { } worse)
        {
            await _runner.TryAppend(
                about with { Outcome = LedgerOutcomes.Stuck, Detail = $"{failure.Step}: {failure.Reason}; way back, {worse.Step}: {worse.Reason}" }, tolerated);
            return new RolloutOutcome.Stuck(failure, worse);
        }

        await _runner.TryAppend(undo with { Outcome = fallback is null ? LedgerOutcomes.Done : LedgerOutcomes.Healthy }, tolerated);
        var closing = failure.Cancelled ? LedgerOutcomes.Cancelled : LedgerOutcomes.RolledBack;
        await _runner.TryAppend(about with { Outcome = closing, Detail = $"{failure.Step}: {failure.Reason}" }, tolerated);
        return failure.Cancelled
            ? new RolloutOutcome.Cancelled(failure.Step)
            : new RolloutOutcome.RolledBack(failed, fallback, failure, tolerated);
    }

    private async Task<StepFailure?> GoBack(LedgerDraft undo, Release? fallback, List<ToleratedFailure> tolerated)
    {
        using var limit = new CancellationTokenSource(options.UndoTime, ports.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, session.Lost);
        StepFailure? failure;
        try
        {
            var steps = fallback is null
                ? await ports.Target.Withdraw(both.Token)
                : await ports.Target.Steps(fallback, Direction.Back, both.Token);
            StepOrder.Check([.. steps.Select(step => (step.Id, step.Kind))]);
            var run = await _runner.Run(steps, undo, both.Token, both.Token);
            tolerated.AddRange(run.Tolerated);
            failure = run.Failure;
        }
        catch (Exception unplanned) when (unplanned is not OutOfMemoryException)
        {
            failure = _runner.Describe("plan", unplanned, both.Token);
        }

        return failure is { Cancelled: true }
            ? failure with { Reason = $"not done within {options.UndoTime.TotalSeconds:0} s", Cancelled = false }
            : failure;
    }

    private static string? Sum(IReadOnlyList<ToleratedFailure> tolerated) =>
        tolerated.Count == 0 ? null : $"tolerated: {string.Join(", ", tolerated.Select(failure => failure.Step))}";
}
