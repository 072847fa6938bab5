using WasmWizard.Delivery.Ledger;

namespace WasmWizard.Delivery.Ports;

/// <summary>Where an environment's history lives. What <see cref="Append"/> returned true for survives a crash of the caller at once.</summary>
public interface ILedgerStore
{
    /// <summary>
    /// The raw entries in order, one JSON document each. A torn last entry (a crash while appending) is left out and reported in
    /// <see cref="RawLedger.TornTail"/>; the store has then already cut it off. Whether the chain holds is for the core to say.
    /// </summary>
    Task<RawLedger> Read(CancellationToken cancellation);

    /// <summary>Appends one entry; false, without a change, when an entry with this ordinal exists already (a lost race).</summary>
    Task<bool> Append(LedgerEntry entry, CancellationToken cancellation);
}

/// <param name="Entries">JSON documents in order of their ordinal.</param>
/// <param name="TornTail">The fragment that was cut off; null when the end was whole.</param>
public sealed record RawLedger(IReadOnlyList<string> Entries, string? TornTail);
