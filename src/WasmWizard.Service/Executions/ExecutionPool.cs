namespace WasmWizard.Service.Executions;

/// <summary>
/// A fixed number of threads with the stack that guests need, in front of them a bounded queue in which callers take turns.
/// Nothing a guest does adds a thread; work that does not fit is refused at once.
/// </summary>
internal sealed class ExecutionPool : IDisposable
{
    private readonly Lock _gate = new();
    private readonly FairQueue<ExecutionWork> _queue;
    private readonly Stack<SemaphoreSlim> _parked = new();
    private readonly Thread[] _threads;
    private readonly int _maxQueue;
    private int _running;
    private bool _ended;
    private TaskCompletionSource _idle = CompletedSource();

    public ExecutionPool(int threads, int maxOfCaller, int maxQueue)
    {
        _maxQueue = maxQueue;
        _queue = new FairQueue<ExecutionWork>(maxOfCaller);
        _threads = [.. Enumerable.Range(0, threads).Select(i => new Thread(Work, GuestEngine.ThreadStackBytes) { IsBackground = true, Name = $"guest-{i}" })];
        foreach (var thread in _threads)
            thread.Start();
    }

    /// <summary>Work that waits for a thread or for its caller's share.</summary>
    public int Queued
    {
        get
        {
            lock (_gate)
                return _queue.Count - Starting;
        }
    }

    /// <summary>Work on a thread, or about to be.</summary>
    public int Running
    {
        get
        {
            lock (_gate)
                return _running + Starting;
        }
    }

    /// <summary>Work that a free thread is about to take: it does not count as waiting.</summary>
    private int Starting => Math.Min(_queue.Startable, _threads.Length - _running);

    /// <summary>False when it has to wait and the queue is full, of work of callers who wait with no more than this one.</summary>
    public bool TryEnqueue(string caller, ExecutionWork work)
    {
        ExecutionWork? displaced = null;
        SemaphoreSlim? wake = null;
        lock (_gate)
        {
            if (_ended)
                return false;
            if (_queue.Count >= _maxQueue && _queue.Count - Starting >= _maxQueue && !HasFreeThread(caller))
            {
                if (!_queue.TryDisplace(caller, out var last))
                    return false;
                displaced = last;
            }

            if (_idle.Task.IsCompleted)
                _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _queue.Add(caller, work);
            if (_queue.HasStartable)
                _parked.TryPop(out wake);
        }

        wake?.Release();
        displaced?.Displaced();
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
        {
            _ended = true;
            while (_parked.TryPop(out var parked))
                parked.Release();
        }

        foreach (var thread in _threads)
            thread.Join();
    }

    private bool HasFreeThread(string caller) => _queue.CanStart(caller) && _threads.Length - _running > Starting;

    private void Work()
    {
        using var wake = new SemaphoreSlim(0);
        while (TryTake(wake, out var caller, out var work))
        {
            var tell = work.Run();
            lock (_gate)
            {
                _running--;
                _queue.Ended(caller);
                if (_running == 0 && _queue.Count == 0)
                    _idle.TrySetResult();
            }

            tell();
        }
    }

    /// <summary>Waits for work. The thread that parked last is woken first: its stack and caches are warm. False when the pool has ended.</summary>
    private bool TryTake(SemaphoreSlim wake, out string caller, out ExecutionWork work)
    {
        while (true)
        {
            lock (_gate)
            {
                if (_queue.TryStart(out caller, out work))
                {
                    _running++;
                    return true;
                }

                if (_ended)
                    return false;
                _parked.Push(wake);
            }

            wake.Wait();
        }
    }

    private static TaskCompletionSource CompletedSource()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}
