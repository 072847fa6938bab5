using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Ledger;

/// <summary>A verified history: ordinals without a gap from 1, every entry carrying the hash of the one before.</summary>
public sealed class LedgerChain
{
    private static readonly string NoHash = new('0', 64);

    private LedgerChain(IReadOnlyList<LedgerEntry> entries) => Entries = entries;

    public static LedgerChain Empty { get; } = new([]);

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<LedgerEntry> Entries { get; }

    /// <summary>Hash of the last entry; 64 zeros when there is none.</summary>
    public string Head => Entries is [.., var last] ? last.Hash : NoHash;

    /// <summary>Parses and verifies every entry. The first fault decides: what stands behind a break proves nothing.</summary>
    public static LedgerReading Read(RawLedger raw)
    {
        var entries = new List<LedgerEntry>(raw.Entries.Count);
        var previous = NoHash;
        foreach (var line in raw.Entries)
        {
            var ordinal = entries.Count + 1;
            if (!LedgerJson.TryRead(line, out var entry, out var reason))
            {
                return Broken(ordinal, reason!, $"entry {ordinal} as it was written");
            }

            if (entry!.Ordinal != ordinal)
            {
                return Broken(ordinal, $"entry {entry.Ordinal} stands in place of entry {ordinal}", "ordinals from 1 without a gap");
            }

            if (entry.PreviousHash != previous)
            {
                return Broken(ordinal, $"the entry follows {entry.PreviousHash[..12]}…", $"it must follow {previous[..12]}…, the entry before it");
            }

            entries.Add(entry);
            previous = entry.Hash;
        }

        return new LedgerReading.Whole(new LedgerChain(entries), raw.TornTail);
    }

    /// <summary>The entry that would come next; nothing is stored.</summary>
    public LedgerEntry Seal(LedgerDraft draft, string by, DateTimeOffset at)
    {
        var ordinal = Entries.Count + 1;
        var entry = new LedgerEntry
        {
            Ordinal = ordinal,
            At = LedgerJson.Truncate(at),
            By = by,
            Action = draft.Action,
            Release = draft.Release,
            Rollout = draft.Rollout == LedgerDraft.OwnOrdinal ? ordinal : draft.Rollout,
            Step = draft.Step,
            Outcome = draft.Outcome,
            Detail = draft.Detail,
            PreviousHash = Head,
            Hash = NoHash,
        };
        return entry with { Hash = LedgerJson.HashOf(entry) };
    }

    /// <summary>The chain with one more entry, which must be the very next one.</summary>
    public LedgerChain With(LedgerEntry entry)
    {
        if (entry.Ordinal != Entries.Count + 1 || entry.PreviousHash != Head || entry.Hash != LedgerJson.HashOf(entry))
        {
            throw new ArgumentException($"Entry {entry.Ordinal} does not follow entry {Entries.Count}.", nameof(entry));
        }

        return new([.. Entries, entry]);
    }

    private static LedgerReading.Broken Broken(long ordinal, string observed, string required) => new(new LedgerBreak(
        ordinal,
        $"ledger entry {ordinal}: {observed}",
        required,
        "put the ledger's last good copy back, or move the ledger away to begin a new one (then nothing is known to go back to), and type ./build.sh Status"));
}
