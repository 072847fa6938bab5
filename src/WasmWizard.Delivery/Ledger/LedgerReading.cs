namespace WasmWizard.Delivery.Ledger;

/// <summary>What verifying a ledger's raw entries gave.</summary>
public abstract record LedgerReading
{
    private LedgerReading()
    {
    }

    /// <param name="Chain">Every entry, verified.</param>
    /// <param name="TornTail">The fragment of a crashed append that the store has cut off; null when the end was whole.</param>
    public sealed record Whole(LedgerChain Chain, string? TornTail) : LedgerReading;

    /// <param name="At">Where the chain stops being believable.</param>
    public sealed record Broken(LedgerBreak At) : LedgerReading;
}

/// <summary>A ledger that cannot be believed from here on. Nothing deploys over it: what serves and what may be gone back to is unknown.</summary>
/// <param name="Ordinal">The entry that should stand here; 1 or more.</param>
/// <param name="Observed">What stands there.</param>
/// <param name="Required">What must stand there.</param>
/// <param name="Next">What to do about it.</param>
public sealed record LedgerBreak(long Ordinal, string Observed, string Required, string Next);
