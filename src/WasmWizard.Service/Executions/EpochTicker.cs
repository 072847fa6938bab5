using Wasmtime;

namespace WasmWizard.Service.Executions;

/// <summary>
/// The one thread that advances an engine's epoch, so that running guests come back to the host every <see cref="Period"/>
/// to look at their deadline. It goes on for <see cref="Lingering"/> after the last one, so that guests which come one after the
/// other do not wake it each time, and then sleeps: an idle service costs no wake-ups.
/// </summary>
internal sealed class EpochTicker : IDisposable
{
    /// <summary>10 ms: a limit is overrun by at most this much, at a cost of 100 short callbacks a second for each running guest.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan Lingering = TimeSpan.FromSeconds(1);

    private readonly Engine _engine;
    // Without spinning, which took 20 µs of a processor at each wait.
    private readonly ManualResetEventSlim _needed = new(initialState: false, spinCount: 0);
    private readonly ManualResetEventSlim _ended = new(initialState: false, spinCount: 0);
    private readonly Thread _thread;
    private int _running;

    public EpochTicker(Engine engine)
    {
        _engine = engine;
        _thread = new Thread(Tick) { IsBackground = true, Name = "epoch-ticker", Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    public void Enter()
    {
        Interlocked.Increment(ref _running);
        if (!_needed.IsSet)
            _needed.Set();
    }

    public void Leave() => Interlocked.Decrement(ref _running);

    public void Dispose()
    {
        _ended.Set();
        _needed.Set();
        _thread.Join();
        _needed.Dispose();
        _ended.Dispose();
    }

    private void Tick()
    {
        var idle = TimeSpan.Zero;
        while (!_ended.Wait(Period))
        {
            _needed.Wait();
            _engine.IncrementEpoch();
            idle = Volatile.Read(ref _running) > 0 ? TimeSpan.Zero : idle + Period;
            if (idle < Lingering)
                continue;
            idle = TimeSpan.Zero;
            SleepUnlessNeeded();
        }
    }

    /// <summary>Whoever enters counts first and looks then; here it is the other way round, so that one of the two sees the other.</summary>
    private void SleepUnlessNeeded()
    {
        _needed.Reset();
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _running) > 0 || _ended.IsSet)
            _needed.Set();
    }
}
