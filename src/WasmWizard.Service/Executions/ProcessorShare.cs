using System.Diagnostics;

namespace WasmWizard.Service.Executions;

/// <summary>
/// Who computes when more guests want to than there are processors. A guest that has run for <see cref="Quantum"/> takes turns
/// with the others like it on all processors but one; that one is left to the guests that end quickly. What earlier guests of a
/// caller computed counts as well, for a while: many guests one after the other are no way around the turns. Turns change on epoch
/// ticks, inside the guest's own thread. While there are processors for all, nobody waits.
/// </summary>
internal sealed class ProcessorShare(int processors)
{
    /// <summary>100 ms: many times what a guest needs that is to answer within the objective of 200 ms.</summary>
    public static readonly TimeSpan Quantum = TimeSpan.FromMilliseconds(100);

    /// <summary>50 ms: five ticks, so that changing turns costs little.</summary>
    public static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(50);

    /// <summary>A quick guest counts as one that computes for this long: the next one is likely to come, and is to find a processor.</summary>
    private static readonly TimeSpan QuickCounts = TimeSpan.FromMilliseconds(100);

    /// <summary>A caller who computes less than this share of one processor owes nothing.</summary>
    private const double Drain = 0.5;

    /// <summary>Whatever was computed is forgiven after this long divided by <see cref="Drain"/>.</summary>
    private static readonly TimeSpan MaxDebt = TimeSpan.FromSeconds(1);

    /// <summary>More callers than this are looked through for those who owe nothing any more.</summary>
    private const int ManyDebtors = 256;

    private readonly Dictionary<string, (TimeSpan Debt, long At)> _debts = [];
    private readonly Turns _turns = new(Math.Max(1, processors - 1));
    private long _quickAt = Stopwatch.GetTimestamp() - Stopwatch.Frequency;
    private int _computing;

    /// <summary>Guests that run and do not sleep, waiting for a turn or not.</summary>
    public int Computing => Volatile.Read(ref _computing);

    /// <summary>More want to compute than there are processors, with one kept for quick guests while there are such.</summary>
    public bool Crowded => Computing > (Stopwatch.GetElapsedTime(Volatile.Read(ref _quickAt)) < QuickCounts ? processors - 1 : processors);

    public void Enter() => Interlocked.Increment(ref _computing);

    public void Leave() => Interlocked.Decrement(ref _computing);

    /// <summary>Computing time of a caller's earlier guests that counts as if the next one had spent it.</summary>
    public TimeSpan DebtOf(string caller)
    {
        lock (_debts)
            return _debts.TryGetValue(caller, out var known) ? Left(known) : TimeSpan.Zero;
    }

    /// <summary>Whether a caller's guests take turns from their start.</summary>
    public bool Owes(string caller) => DebtOf(caller) >= Quantum;

    /// <summary>A guest ended that owed nothing, before its first tick.</summary>
    public void SawQuick() => Volatile.Write(ref _quickAt, Stopwatch.GetTimestamp());

    public void Charge(string caller, TimeSpan computed)
    {
        lock (_debts)
        {
            if (_debts.Count >= ManyDebtors)
            {
                foreach (var (name, known) in _debts)
                {
                    if (Left(known) == TimeSpan.Zero)
                        _debts.Remove(name);
                }
            }

            var debt = (_debts.TryGetValue(caller, out var before) ? Left(before) : TimeSpan.Zero) + computed;
            _debts[caller] = (debt < MaxDebt ? debt : MaxDebt, Stopwatch.GetTimestamp());
        }
    }

    /// <summary>Waits at most <paramref name="longest"/>, and not when nobody waits for the guest; false when there was no turn to be had.</summary>
    public bool TryTakeTurn(TimeSpan longest, CancellationToken abandoned) => _turns.TryTake(longest, abandoned);

    /// <param name="after">The one who gives back has work done elsewhere for this long.</param>
    public void GiveTurnBack(TimeSpan after = default) => _turns.GiveBack(after);

    private static TimeSpan Left((TimeSpan Debt, long At) known)
    {
        var left = known.Debt - (Stopwatch.GetElapsedTime(known.At) * Drain);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
