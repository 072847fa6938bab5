using System.Diagnostics;
using WasmWizard.Service.Modules;

namespace WasmWizard.Service.Executions;

/// <summary>
/// One guest's part in the <see cref="ProcessorShare"/>, from its start to the end of what is done for it afterwards. Used by the
/// one thread that runs the guest.
/// </summary>
internal sealed class ProcessorTurn : IDisposable
{
    /// <summary>What is done for a guest beside its own code and takes less is not worth an entry: a start and a short answer.</summary>
    private static readonly TimeSpan Negligible = TimeSpan.FromMilliseconds(1);

    /// <summary>Shorter ones cost less than looking at the clock.</summary>
    private const int LongAnswer = 64 * 1024;

    /// <summary>What sending costs a processor: copying twice, and some hundred calls of the system.</summary>
    private static readonly TimeSpan SendingMegabyte = TimeSpan.FromMilliseconds(1);

    private readonly ProcessorShare _share;
    private readonly string _caller;
    private readonly BorrowedThreads? _borrowed;
    private readonly TimeSpan _debt;
    private readonly long _began;
    private TimeSpan _ran;
    private TimeSpan _sending;
    private TimeSpan? _ends;
    private int _ticks;
    private bool _stays;
    private bool _long;

    /// <summary>A caller who owes waits for a turn before the guest starts, at most <paramref name="longest"/>.</summary>
    /// <param name="borrowed">Where the guest's thread comes from when it is not one of the guests' own.</param>
    public ProcessorTurn(ProcessorShare share, string caller, TimeSpan longest, Abandonment abandoned, BorrowedThreads? borrowed = null)
    {
        _borrowed = borrowed;
        _share = share;
        _caller = caller;
        _debt = share.DebtOf(caller);
        share.Enter();
        if (_debt >= ProcessorShare.Quantum && share.Crowded && TryTake(longest, abandoned))
            _ends = ProcessorShare.Turn;
        _began = Stopwatch.GetTimestamp();
        if (borrowed is null)
            BeLong();
    }

    private TimeSpan Elapsed => Stopwatch.GetElapsedTime(_began);

    /// <summary>Called on every epoch tick: lets others compute when this guest has done so for long.</summary>
    /// <param name="longest">How long it may wait for its next turn.</param>
    public void Tick(TimeSpan longest, Abandonment abandoned)
    {
        _ticks++;
        if (Elapsed >= Pace.Slow)
            Stay();
        if (Elapsed + _debt < ProcessorShare.Quantum || Elapsed < _ends)
            return;
        GiveBack();
        if (_share.Crowded && TryTake(longest, abandoned))
            _ends = Elapsed + ProcessorShare.Turn;
    }

    /// <summary>The guest does not compute until <see cref="Resume"/>.</summary>
    public void Pause()
    {
        Stay();
        GiveBack();
        _share.Leave();
        EndBeingLong();
    }

    public void Resume()
    {
        _share.Enter();
        BeLong();
    }

    /// <summary>The guest is at its end; what follows until <see cref="Dispose"/> is its caller's as well.</summary>
    /// <param name="ran">How long the guest itself took.</param>
    public void EndGuest(TimeSpan ran) => _ran = ran;

    /// <summary>An answer is about to be sent, by other threads: its caller's turn lasts until they will have done so.</summary>
    public void Send(long bytes)
    {
        if (bytes >= LongAnswer)
            _sending = SendingMegabyte * (bytes / (double)(1 << 20));
    }

    public void Dispose()
    {
        if (_stays)
            _borrowed!.GiveBack();
        var beside = Elapsed - _ran + _sending;
        GiveBack(_sending);
        _share.Leave();
        EndBeingLong();
        if (_ticks > 0 || beside >= Negligible)
            _share.Charge(_caller, (_ticks * EpochTicker.Period) + (beside >= Negligible ? beside : TimeSpan.Zero));
        else if (_debt == TimeSpan.Zero)
            _share.SawQuick();
    }

    private void Stay()
    {
        if (_stays || _borrowed is null)
            return;
        _stays = true;
        _borrowed.Replace();
        BeLong();
    }

    private void BeLong()
    {
        if (_long)
            return;
        _long = true;
        ReceivingThreads.ComputingBegins();
    }

    private void EndBeingLong()
    {
        if (!_long)
            return;
        _long = false;
        ReceivingThreads.ComputingEnds();
    }

    private bool TryTake(TimeSpan longest, Abandonment abandoned)
    {
        using var joined = abandoned.Join();
        return _share.TryTakeTurn(longest, joined.Token);
    }

    private void GiveBack(TimeSpan after = default)
    {
        if (_ends is null)
            return;
        _ends = null;
        _share.GiveTurnBack(after);
    }
}
