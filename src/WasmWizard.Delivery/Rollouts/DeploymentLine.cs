using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Locks;

namespace WasmWizard.Delivery.Rollouts;

/// <summary>
/// Whether deployments to an environment may go on: a person stops the line in an incident and opens it again. It is an entry of the ledger,
/// so that who, when and why stay known, and every later deploy finds it; a rollback is never held back.
/// </summary>
public sealed class DeploymentLine(RolloutPorts ports, RolloutOptions options)
{
    /// <param name="reason">What everybody who deploys meanwhile is told.</param>
    /// <param name="cancellation">Ends it before the lock is asked for.</param>
    public Task<LineOutcome> Freeze(string reason, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return Write(new LedgerDraft(LedgerActions.Freeze, LedgerOutcomes.Done) { Detail = reason }, isDone: _ => false, cancellation);
    }

    /// <summary>Does nothing where the line is open.</summary>
    public Task<LineOutcome> Unfreeze(CancellationToken cancellation) =>
        Write(new LedgerDraft(LedgerActions.Unfreeze, LedgerOutcomes.Done), history => history.Freeze is null, cancellation);

    /// <summary>As it stands; takes no lock.</summary>
    public async Task<LineOutcome> Look(CancellationToken cancellation) => LedgerChain.Read(await ports.Ledger.Read(cancellation)) switch
    {
        LedgerReading.Whole whole => new LineOutcome.Known(RolloutHistory.Of(whole.Chain).Freeze),
        LedgerReading.Broken broken => new LineOutcome.Unreadable(broken.At),
        var other => throw new System.Diagnostics.UnreachableException(other.GetType().Name),
    };

    private async Task<LineOutcome> Write(LedgerDraft draft, Func<RolloutHistory, bool> isDone, CancellationToken cancellation)
    {
        var (session, by) = await LockSession.Acquire(ports.Locks, ports.Time, options.Holder, draft.Action, options.Lease, cancellation);
        if (session is null)
        {
            return new LineOutcome.LockHeld(by!);
        }

        await using (session)
        {
            try
            {
                if (LedgerChain.Read(await ports.Ledger.Read(session.Lost)) is not LedgerReading.Whole whole)
                {
                    return await Look(session.Lost);
                }

                var journal = new RolloutJournal(ports.Ledger, session, options.Holder, ports.Time, whole);
                if (!isDone(journal.History))
                {
                    await journal.Append(draft);
                }

                return new LineOutcome.Known(journal.History.Freeze);
            }
            finally
            {
                await session.Close();
            }
        }
    }
}

/// <summary>How the line stands, or why that could not be changed.</summary>
public abstract record LineOutcome
{
    private LineOutcome()
    {
    }

    /// <param name="Freeze">What holds deployments back; null: nothing does.</param>
    public sealed record Known(LedgerEntry? Freeze) : LineOutcome;

    /// <summary>Somebody is changing the environment; nothing was written.</summary>
    public sealed record LockHeld(DeploymentLock By) : LineOutcome;

    /// <summary>The ledger is broken; nothing was written.</summary>
    public sealed record Unreadable(LedgerBreak At) : LineOutcome;
}
