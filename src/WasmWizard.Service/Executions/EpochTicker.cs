using Wasmtime;

namespace WasmWizard.Service.Executions;

/// <summary>
/// The one thread that advances an engine's epoch, so that running guests come back to the host every <see cref="Period"/>
/// to look at their deadline. It ticks only while guests run: an idle service costs no wake-ups.
/// </summary>
internal sealed class EpochTicker : IDisposable
{
    /// <summary>10 ms: a limit is overrun by at most this much, at a cost of 100 short callbacks a second for each running guest.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(10);

    private readonly Engine _engine;
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _needed = new(false);
    private readonly ManualResetEventSlim _ended = new(false);
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
        lock (_gate)
        {
            if (++_running == 1)
                _needed.Set();
        }
    }

    public void Leave()
    {
        lock (_gate)
        {
            if (--_running == 0)
                _needed.Reset();
        }
    }

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
        while (!_ended.Wait(Period))
        {
            _needed.Wait();
            _engine.IncrementEpoch();
        }
    }
}
