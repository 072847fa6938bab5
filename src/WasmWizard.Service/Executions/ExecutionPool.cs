namespace WasmWizard.Service.Executions;

/// <summary>
/// A fixed number of threads with the stack that guests need, in front of them a bounded queue, first come, first served.
/// Nothing a guest does adds a thread; work that does not fit is refused at once.
/// </summary>
internal sealed class ExecutionPool : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<Func<Action>> _queue = new();
    private readonly SemaphoreSlim _waiting = new(0);
    private readonly Thread[] _threads;
    private readonly int _maxQueue;
    private int _running;
    private bool _ended;
    private TaskCompletionSource _idle = CompletedSource();

    public ExecutionPool(int threads, int maxQueue)
    {
        _maxQueue = maxQueue;
        _threads = [.. Enumerable.Range(0, threads).Select(i => new Thread(Work, GuestEngine.ThreadStackBytes) { IsBackground = true, Name = $"guest-{i}" })];
        foreach (var thread in _threads)
            thread.Start();
    }

    /// <summary>Work that waits for a thread.</summary>
    public int Queued
    {
        get
        {
            lock (_gate)
                return Math.Max(0, _queue.Count - Idle);
        }
    }

    /// <summary>Work on a thread, or about to be.</summary>
    public int Running
    {
        get
        {
            lock (_gate)
                return Math.Min(_threads.Length, _running + _queue.Count);
        }
    }

    private int Idle => _threads.Length - _running;

    /// <summary>False when every thread is busy and the queue is full.</summary>
    /// <param name="work">
    /// Must not throw. What it returns tells the one who waits, and runs when the thread counts as free again: whoever has an
    /// answer finds the slot free.
    /// </param>
    public bool TryEnqueue(Func<Action> work)
    {
        lock (_gate)
        {
            if (_ended || _queue.Count - Idle >= _maxQueue)
                return false;
            if (_idle.Task.IsCompleted)
                _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _queue.Enqueue(work);
        }

        _waiting.Release();
        return true;
    }

    /// <summary>Completes when nothing runs and nothing waits.</summary>
    public Task WhenIdle()
    {
        lock (_gate)
            return _idle.Task;
    }

    public void Dispose()
    {
        lock (_gate)
            _ended = true;
        _waiting.Release(_threads.Length);
        foreach (var thread in _threads)
            thread.Join();
        _waiting.Dispose();
    }

    private void Work()
    {
        while (true)
        {
            _waiting.Wait();
            Func<Action> work;
            lock (_gate)
            {
                if (_queue.Count == 0)
                    return;
                work = _queue.Dequeue();
                _running++;
            }

            var tell = work();
            lock (_gate)
            {
                _running--;
                if (_running == 0 && _queue.Count == 0)
                    _idle.TrySetResult();
            }

            tell();
        }
    }

    private static TaskCompletionSource CompletedSource()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}
