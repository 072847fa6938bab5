using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Rollouts;

/// <summary>
/// Executes steps in order, each as observe, intent, act, observe: a step that holds is recorded and left alone, one that does not
/// is recorded as intended before it acts and as observed after it was read back. Used for the way forward and the way back alike.
/// </summary>
internal sealed class StepRunner(RolloutJournal journal, LockSession session, TimeProvider time, IProgress<RolloutEvent> progress)
{
    /// <param name="steps">What to execute.</param>
    /// <param name="about">Action, release and rollout of every entry.</param>
    /// <param name="soft">Asks the steps to stop; they are awaited.</param>
    /// <param name="hard">Ends the waiting: afterwards this run acts no more.</param>
    /// <exception cref="LockLostException">The lock is lost; nothing may be changed any more.</exception>
    public async Task<StepRun> Run(IReadOnlyList<IRolloutStep> steps, LedgerDraft about, CancellationToken soft, CancellationToken hard)
    {
        var tolerated = new List<ToleratedFailure>();
        var acted = false;
        foreach (var step in steps)
        {
            var entry = about with { Step = step.Id };
            try
            {
                await Execute(step, entry, () => acted = true, tolerated, soft, hard);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                var failed = Describe(step.Id, failure, soft);
                var isTolerated = IsTolerated(step, about);
                progress.Report(new RolloutEvent.StepFailed(step.Id, failed.Reason, isTolerated));
                await TryAppend(entry with { Outcome = LedgerOutcomes.Failed, Detail = (isTolerated ? "tolerated: " : "") + failed.Reason }, tolerated);
                if (!isTolerated)
                {
                    return new StepRun(failed, tolerated, acted);
                }

                tolerated.Add(new ToleratedFailure(step.Id, failed.Reason));
            }
        }

        return new StepRun(null, tolerated, acted);
    }

    /// <summary>Appends, or names the failure among the tolerated ones: what it would have recorded has already happened.</summary>
    /// <exception cref="LockLostException">The lock is lost.</exception>
    public async Task TryAppend(LedgerDraft entry, List<ToleratedFailure> tolerated)
    {
        try
        {
            await journal.Append(entry);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            tolerated.Add(new ToleratedFailure("ledger", $"'{entry.Outcome}' of {entry.Step ?? entry.Action} is not recorded: {Describe("ledger", failure, default).Reason}"));
        }
    }

    /// <summary>Turns an exception into a failure, unless it means that the lock is lost.</summary>
    /// <exception cref="LockLostException">The lock is lost.</exception>
    public StepFailure Describe(string step, Exception failure, CancellationToken soft)
    {
        if (failure is LockLostException || session.Lost.IsCancellationRequested)
        {
            throw new LockLostException(session.Held);
        }

        return failure switch
        {
            _ when soft.IsCancellationRequested => new StepFailure(step, "cancelled", Cancelled: true),
            StepFailedException told => new StepFailure(step, told.Message),
            _ => new StepFailure(step, $"{failure.GetType().Name}: {failure.Message}"),
        };
    }

    // From the environment step on the release is proven: what is left to do is housekeeping, and undoing a healthy release for it
    // would do harm for nothing. A way to nothing proves nothing, so there every step counts.
    private static bool IsTolerated(IRolloutStep step, LedgerDraft about) => about.Release is not null && step.Kind > StepKind.Environment;

    private async Task Execute(
        IRolloutStep step, LedgerDraft entry, Action acting, List<ToleratedFailure> tolerated, CancellationToken soft, CancellationToken hard)
    {
        soft.ThrowIfCancellationRequested();
        await session.EnsureHeld();
        var before = await step.Observe(soft).WaitAsync(hard);
        if (before.Holds)
        {
            progress.Report(new RolloutEvent.StepHeld(step.Id, before.Fact));
            await RecordHeld(entry with { Outcome = LedgerOutcomes.Observed, Detail = $"held already: {before.Fact}" }, tolerated);
            return;
        }

        await journal.Append(entry with { Outcome = LedgerOutcomes.Intent, Detail = $"{step.Subject}: {step.Change}" });
        progress.Report(new RolloutEvent.StepActing(step.Id, step.Subject, step.Change));
        acting();
        var begun = time.GetTimestamp();
        await step.Act(session.Token, soft).WaitAsync(hard);

        // An answer of success is not a fact: only what is read back counts.
        var after = await step.Observe(soft).WaitAsync(hard);
        if (!after.Holds)
        {
            throw new StepFailedException($"done without an error, but observed: {after.Fact}; required: {step.Change}");
        }

        progress.Report(new RolloutEvent.StepDone(step.Id, after.Fact, time.GetElapsedTime(begun)));
        await journal.Append(entry with { Outcome = LedgerOutcomes.Observed, Detail = after.Fact });
    }

    // On the way back a full disk must not turn "what served before still serves" into "stuck": a step that holds changes nothing,
    // so it may go unrecorded. Without a record nothing acts, on either way.
    private Task RecordHeld(LedgerDraft entry, List<ToleratedFailure> tolerated) =>
        entry.Action == LedgerActions.Undo ? TryAppend(entry, tolerated) : journal.Append(entry);
}
