using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Ledger;

/// <summary>One line of an environment's history: append-only, chained by hash.</summary>
public sealed record LedgerEntry
{
    /// <summary>1 for the first entry, then without a gap.</summary>
    public required long Ordinal { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Who acted, as in the lock's holder.</summary>
    public required string By { get; init; }

    /// <summary>deploy, rollback, stop, unlock, repair, backup, restore, ...: the verb a person typed or the ledger's own.</summary>
    public required string Action { get; init; }

    /// <summary>The release acted on; null for actions without one.</summary>
    public ReleaseId? Release { get; init; }

    /// <summary>The rollout that the entry belongs to: the ordinal of its <c>started</c> entry; null outside rollouts.</summary>
    public long? Rollout { get; init; }

    /// <summary>The step of the rollout; null for entries about the whole.</summary>
    public string? Step { get; init; }

    /// <summary>started, intent, observed, failed, healthy, rolled-back, stuck, cancelled, interrupted, done.</summary>
    public required string Outcome { get; init; }

    /// <summary>Facts in a person's words; never a secret.</summary>
    public string? Detail { get; init; }

    /// <summary>Hash of the entry before; 64 zeros for the first.</summary>
    public required string PreviousHash { get; init; }

    /// <summary>SHA-256 over the canonical JSON of all other fields, as 64 hex digits.</summary>
    public required string Hash { get; init; }
}
