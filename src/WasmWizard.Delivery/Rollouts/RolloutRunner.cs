using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Rollouts;

/// <summary>
/// The one state machine of every target: examine, lock, examine again, record, act step by step, read back, record; go back by itself
/// when a step fails. It holds nothing between runs: after a crash anywhere, the next run finds out from the ledger and the world
/// where things are, and converges. Every expected end is a <see cref="RolloutOutcome"/>; only a target that breaks its contract throws.
/// </summary>
public sealed class RolloutRunner(RolloutPorts ports, RolloutOptions options, IProgress<RolloutEvent> progress)
{
    private readonly Examiner _examiner = new(ports, options);

    /// <summary>Whether <see cref="Deploy"/> may go on; a person stops it there.</summary>
    public DeploymentLine DeploymentLine { get; } = new(ports, options);

    /// <param name="wanted">The release to serve.</param>
    /// <param name="expectedPlan">The hash of a plan that was agreed to; null when any plan will do.</param>
    /// <param name="cancellation">Stops the way forward; what had been changed is undone before the method returns.</param>
    public Task<RolloutOutcome> Deploy(Release wanted, string? expectedPlan, CancellationToken cancellation) =>
        Run(new RolloutGoal.Deploy(wanted), expectedPlan, cancellation);

    /// <param name="to">A release that was healthy here; null for the last one before the serving one, see <see cref="RolloutHistory.Line"/>.</param>
    /// <param name="expectedPlan">As for <see cref="Deploy"/>.</param>
    /// <param name="cancellation">As for <see cref="Deploy"/>.</param>
    public Task<RolloutOutcome> Rollback(ReleaseId? to, string? expectedPlan, CancellationToken cancellation) =>
        Run(new RolloutGoal.Rollback(to), expectedPlan, cancellation);

    /// <summary>Leaves nothing serving. A stop that fails halfway is not undone; stopping again goes on.</summary>
    public Task<RolloutOutcome> Stop(CancellationToken cancellation) => Run(new RolloutGoal.Stop(), null, cancellation);

    /// <summary>The plan that <see cref="Deploy"/> would execute now, or what stands in its way. Takes no lock and changes nothing.</summary>
    /// <returns>The plan, or null with the faults.</returns>
    public async Task<(Plan? Plan, IReadOnlyList<Fault> Faults)> Preview(Release wanted, CancellationToken cancellation) =>
        await _examiner.Examine(new RolloutGoal.Deploy(wanted), await Read(cancellation), cancellation) switch
        {
            Examination.Ready ready => (ready.Plan, []),
            Examination.Faulty faulty => (null, faulty.Faults),
            var other => throw new System.Diagnostics.UnreachableException(other.GetType().Name),
        };

    private async Task<RolloutOutcome> Run(RolloutGoal goal, string? expectedPlan, CancellationToken cancellation)
    {
        try
        {
            var reading = await Read(cancellation);
            var tornTail = (reading as LedgerReading.Whole)?.TornTail;
            switch (await _examiner.Examine(goal, reading, cancellation))
            {
                case Examination.Faulty faulty:
                    return new RolloutOutcome.Refused(faulty.Faults);
                // A lock tells of somebody at work, or of a run that died after its last step: that is looked into under the lock.
                case Examination.Ready { History.Freeze: { } freeze } when goal is RolloutGoal.Deploy:
                    return new RolloutOutcome.Frozen(freeze);
                case Examination.Ready { IsUnchanged: true } ready
                    when tornTail is null && IsAsAgreed(ready.Plan, expectedPlan) && await ports.Locks.Read(cancellation) is null:
                    return new RolloutOutcome.Unchanged(ready.Wanted);
                case Examination.Ready ready:
                    return await Lock(goal, ready.Wanted, tornTail, expectedPlan, cancellation);
                case var other:
                    throw new System.Diagnostics.UnreachableException(other.GetType().Name);
            }
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            return new RolloutOutcome.Cancelled(null);
        }
        catch (LockLostException)
        {
            return new RolloutOutcome.LockLost(null);
        }
        catch (Exception failure) when (failure is not (ArgumentException or System.Diagnostics.UnreachableException or OutOfMemoryException))
        {
            return new RolloutOutcome.NotStarted(failure is StepFailedException ? failure.Message : $"{failure.GetType().Name}: {failure.Message}");
        }
    }

    private async Task<RolloutOutcome> Lock(
        RolloutGoal goal, Release? wanted, string? tornTail, string? expectedPlan, CancellationToken cancellation)
    {
        var reason = wanted is null ? goal.Action : $"{goal.Action} {wanted.Id}";
        var (session, by) = await LockSession.Acquire(ports.Locks, ports.Time, options.Holder, reason, options.Lease, cancellation);
        if (session is null)
        {
            return new RolloutOutcome.LockHeld(by!);
        }

        await using (session)
        {
            progress.Report(new RolloutEvent.LockTaken(session.Held, session.Superseded));
            try
            {
                return await RunLocked(goal, session, tornTail, expectedPlan, cancellation);
            }
            finally
            {
                if (await session.Close() is { } why)
                {
                    progress.Report(new RolloutEvent.LockNotReleased(why));
                }
            }
        }
    }

    private async Task<RolloutOutcome> RunLocked(
        RolloutGoal goal, LockSession session, string? tornTail, string? expectedPlan, CancellationToken cancellation)
    {
        // The ledger may have grown between the first look and the lock.
        var reading = await Read(cancellation);
        RolloutJournal? journal = null;
        if (reading is LedgerReading.Whole whole)
        {
            // The store cuts a torn end off at the first look, so only that look saw it.
            journal = new RolloutJournal(ports.Ledger, session, options.Holder, ports.Time, whole with { TornTail = tornTail ?? whole.TornTail });
            reading = new LedgerReading.Whole(await CloseWhatDied(journal, tornTail ?? whole.TornTail, session), null);
        }

        switch (await _examiner.Examine(goal, reading, cancellation))
        {
            case Examination.Faulty faulty:
                return new RolloutOutcome.Refused(faulty.Faults);
            case Examination.Ready { History.Freeze: { } freeze } when goal is RolloutGoal.Deploy:
                return new RolloutOutcome.Frozen(freeze);
            case Examination.Ready ready when !IsAsAgreed(ready.Plan, expectedPlan):
                return new RolloutOutcome.PlanChanged(expectedPlan!, ready.Plan);
            case Examination.Ready { IsUnchanged: true } ready:
                return new RolloutOutcome.Unchanged(ready.Wanted);
            case Examination.Ready ready:
                progress.Report(new RolloutEvent.PlanMade(ready.Plan));
                cancellation.ThrowIfCancellationRequested();
                return await new Rollout(ports, options, progress, journal!, session, ready).Execute(cancellation);
            case var other:
                throw new System.Diagnostics.UnreachableException(other.GetType().Name);
        }
    }

    private async Task<LedgerChain> CloseWhatDied(RolloutJournal journal, string? tornTail, LockSession session)
    {
        if (tornTail is not null)
        {
            await journal.NoteTornTail();
            progress.Report(new RolloutEvent.LedgerRepaired(tornTail));
        }

        // Under the lock nobody else runs, so whatever is open here is of a run that died or lost its lock. One that lost it may still
        // have an act on its way: it is shut out before anything is observed, also when nothing is left to do afterwards.
        var open = journal.History.Open.ToList();
        if (open.Count > 0)
        {
            await ports.Target.Fence(session.Token, session.Lost);
        }

        foreach (var rollout in open)
        {
            var why = session.Superseded is { } dead ? $"; {dead.Holder} held the lock since {dead.Since:u}" : "";
            await journal.Append(new LedgerDraft(rollout.Action, LedgerOutcomes.Interrupted)
            {
                Release = rollout.Release,
                Rollout = rollout.Number,
                Detail = $"the run of {rollout.By} ended without an outcome{why}",
            });
            progress.Report(new RolloutEvent.InterruptedFound(rollout));
        }

        return journal.Chain;
    }

    private async Task<LedgerReading> Read(CancellationToken cancellation) => LedgerChain.Read(await ports.Ledger.Read(cancellation));

    private static bool IsAsAgreed(Plan plan, string? expectedPlan) => expectedPlan is null || plan.Hash == expectedPlan;
}
