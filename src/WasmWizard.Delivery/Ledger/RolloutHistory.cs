using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Ledger;

/// <summary>
/// What a verified chain says about rollouts. Two words of the ledger change what serves: <c>healthy</c> (the entry's release
/// serves from here on, whether by deploy, rollback or undo) and <c>done</c> of stop or undo (nothing serves).
/// </summary>
public sealed class RolloutHistory
{
    private readonly List<RolloutRecord> _rollouts = [];
    private readonly List<ReleaseId> _line = [];
    private readonly HashSet<ReleaseId> _healthy = [];

    private RolloutHistory()
    {
    }

    /// <summary>Every rollout, oldest first.</summary>
    public IReadOnlyList<RolloutRecord> Rollouts => _rollouts;

    /// <summary>
    /// Releases that a rollback may lead to, oldest first, each once: every healthy one, without those that were rolled away from.
    /// After deploys of A, B, C and a rollback to B the line is A, B: going back again leads to A, not to the C that was left.
    /// </summary>
    public IReadOnlyList<ReleaseId> Line => _line;

    /// <summary>The release that serves by the ledger; null when nothing was ever healthy or the environment was stopped.</summary>
    public ReleaseId? Serving { get; private set; }

    /// <summary>The entry that made <see cref="Serving"/> what it is; null when there is none.</summary>
    public LedgerEntry? ServingBy { get; private set; }

    /// <summary>The entry that holds deployments back; null while they may go on.</summary>
    public LedgerEntry? Freeze { get; private set; }

    /// <summary>Rollouts that started and have no outcome: running now, or their run died.</summary>
    public IEnumerable<RolloutRecord> Open => _rollouts.Where(rollout => rollout.IsOpen);

    /// <summary>The last rollout that ended; an interrupted one counts.</summary>
    public RolloutRecord? LastClosed => _rollouts.LastOrDefault(rollout => !rollout.IsOpen);

    public static RolloutHistory Of(LedgerChain chain)
    {
        var history = new RolloutHistory();
        foreach (var entry in chain.Entries)
        {
            history.Apply(entry);
        }

        return history;
    }

    /// <summary>It was healthy here at least once, also when it was rolled away from since.</summary>
    public bool WasHealthy(ReleaseId release) => _healthy.Contains(release);

    /// <summary>The line below <paramref name="serving"/>, newest first; the whole line when that one is not on it.</summary>
    public IEnumerable<ReleaseId> BackwardFrom(ReleaseId? serving)
    {
        var place = serving is { } id ? _line.IndexOf(id) : -1;
        return _line.Take(place < 0 ? _line.Count : place).Reverse();
    }

    private void Apply(LedgerEntry entry)
    {
        if (entry is { Step: null, Outcome: LedgerOutcomes.Started })
        {
            _rollouts.Add(new RolloutRecord(entry.Ordinal, entry.Action, entry.Release, entry.By, entry.At, null));
        }
        else if (entry.Step is null)
        {
            ApplyServing(entry);
            Close(entry);
        }
    }

    private void ApplyServing(LedgerEntry entry)
    {
        if (entry is { Outcome: LedgerOutcomes.Done, Action: LedgerActions.Freeze or LedgerActions.Unfreeze })
        {
            Freeze = entry.Action == LedgerActions.Freeze ? entry : null;
            return;
        }

        if (entry is { Outcome: LedgerOutcomes.Healthy, Release: { } release })
        {
            var place = _line.IndexOf(release);
            if (entry.Action == LedgerActions.Deploy)
            {
                _line.Remove(release);
                _line.Add(release);
            }
            else if (place < 0)
            {
                _line.Add(release);
            }
            else
            {
                _line.RemoveRange(place + 1, _line.Count - place - 1);
            }

            _healthy.Add(release);
            Serving = release;
            ServingBy = entry;
        }
        else if (entry is { Outcome: LedgerOutcomes.Done, Action: LedgerActions.Stop or LedgerActions.Undo })
        {
            Serving = null;
            ServingBy = entry;
        }
    }

    private void Close(LedgerEntry entry)
    {
        if (entry.Rollout is not { } number || !LedgerOutcomes.Closes(entry.Outcome))
        {
            return;
        }

        var index = _rollouts.FindIndex(rollout => rollout.Number == number && rollout.IsOpen && rollout.Action == entry.Action);
        if (index >= 0)
        {
            _rollouts[index] = _rollouts[index] with { Outcome = entry.Outcome };
        }
    }
}
