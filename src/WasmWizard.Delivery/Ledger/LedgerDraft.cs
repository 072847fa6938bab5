using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Ledger;

/// <summary>What somebody wants to write; <see cref="LedgerChain.Seal"/> adds ordinal, time and hashes.</summary>
/// <param name="Action">See <see cref="LedgerActions"/>.</param>
/// <param name="Outcome">See <see cref="LedgerOutcomes"/>.</param>
public sealed record LedgerDraft(string Action, string Outcome)
{
    public ReleaseId? Release { get; init; }

    /// <summary>The rollout's number; <see cref="OwnOrdinal"/> for the entry that starts one.</summary>
    public long? Rollout { get; init; }

    public string? Step { get; init; }

    public string? Detail { get; init; }

    /// <summary>Stands for the ordinal that the entry itself will get.</summary>
    public const long OwnOrdinal = -1;
}
