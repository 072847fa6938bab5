using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Rollouts;

/// <summary>The ledger as one run writes it, under its lock.</summary>
internal sealed class RolloutJournal(ILedgerStore store, LockSession session, string by, TimeProvider time, LedgerReading.Whole ledger)
{
    private LedgerChain _chain = ledger.Chain;
    private string? _tornTail = ledger.TornTail;
    private bool _unsure;

    public LedgerChain Chain => _chain;

    public RolloutHistory History => RolloutHistory.Of(_chain);

    /// <summary>
    /// Appends behind whatever stands there. A lost race under the lock means a late entry of a holder that was superseded: the run
    /// makes sure that it has not become that holder itself, reads again and goes behind it.
    /// </summary>
    /// <exception cref="LockLostException">The lock is lost.</exception>
    public async Task<LedgerEntry> Append(LedgerDraft draft)
    {
        while (true)
        {
            if (_unsure)
            {
                await Reload();
            }

            await NoteTornTail();
            var entry = _chain.Seal(draft, by, time.GetUtcNow());
            if (await TryAppend(entry))
            {
                _chain = _chain.With(entry);
                return entry;
            }

            await session.EnsureHeld();
            await Reload();
            if (_chain.Entries.Count < entry.Ordinal)
            {
                throw new StepFailedException($"The ledger refuses entry {entry.Ordinal} and does not hold one; required: a store that appends.");
            }

            // A store that repeats a write whose answer was lost finds its own entry and calls that a lost race.
            if (_chain.Entries[(int)entry.Ordinal - 1].Hash == entry.Hash)
            {
                return entry;
            }
        }
    }

    /// <summary>Records that a torn last line was cut off; does nothing when none was.</summary>
    public async Task NoteTornTail()
    {
        if (_tornTail is { } fragment)
        {
            _tornTail = null;
            var detail = $"a torn last line of {fragment.Length} characters was cut off: a run died while writing it";
            await Append(new LedgerDraft(LedgerActions.Repair, LedgerOutcomes.Done) { Detail = detail });
        }
    }

    private async Task<bool> TryAppend(LedgerEntry entry)
    {
        // Until the store has answered, the entry may be there or not: whatever happens, the next append looks first.
        _unsure = true;
        var appended = await store.Append(entry, session.Lost);
        _unsure = !appended;
        return appended;
    }

    private async Task Reload()
    {
        var whole = LedgerChain.Read(await store.Read(session.Lost)) switch
        {
            LedgerReading.Whole read => read,
            LedgerReading.Broken broken => throw new StepFailedException($"{broken.At.Observed}; required: {broken.At.Required}"),
            var other => throw new System.Diagnostics.UnreachableException(other.GetType().Name),
        };
        _chain = whole.Chain;
        _tornTail = whole.TornTail;
        _unsure = false;
    }
}
