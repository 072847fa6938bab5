namespace WasmWizard.Service.Executions;

/// <summary>
/// A thread that does for those that stand behind what they must not do themselves: a thread that one of them starts, also one of
/// the framework's pool, would stand behind as well.
/// </summary>
internal sealed class ThreadKeeper : IDisposable
{
    private readonly Queue<Action> _acts = new();
    private readonly Thread _thread;
    private bool _ended;

    public ThreadKeeper()
    {
        _thread = new Thread(Work) { IsBackground = true, Name = "thread-keeper" };
        _thread.Start();
    }

    /// <param name="act">Must not throw. Acts are done in the order in which they came.</param>
    public void Do(Action act)
    {
        lock (_acts)
        {
            _acts.Enqueue(act);
            Monitor.Pulse(_acts);
        }
    }

    /// <summary>Returns when all that was asked for is done.</summary>
    public void Dispose()
    {
        lock (_acts)
        {
            _ended = true;
            Monitor.Pulse(_acts);
        }

        _thread.Join();
    }

    private void Work()
    {
        while (Next() is { } act)
            act();
    }

    private Action? Next()
    {
        lock (_acts)
        {
            while (_acts.Count == 0 && !_ended)
                Monitor.Wait(_acts);
            return _acts.TryDequeue(out var act) ? act : null;
        }
    }
}
