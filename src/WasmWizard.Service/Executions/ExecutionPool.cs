using System.Runtime.InteropServices;

namespace WasmWizard.Service.Executions;

/// <summary>
/// A fixed number of slots and as many threads with the stack that guests need, in front of them a bounded queue in which callers
/// take turns. One caller has at most a share of the slots and half of the queue. Work that ends at once takes a slot on its
/// caller's own thread. Work that does not fit is refused at once.
/// </summary>
internal sealed class ExecutionPool : IDisposable
{
    private readonly Lock _gate = new();
    private readonly FairQueue<Func<Action>> _queue = new();
    private readonly Dictionary<string, int> _runningBy = [];
    private readonly Stack<GuestThread> _asleep = new();
    private readonly GuestThread[] _threads;
    private readonly int _maxQueue;
    private readonly int _maxRunningOfOne;
    private int _running;

    /// <summary>Threads that are awake and about to look for work.</summary>
    private int _looking;

    private bool _ended;

    /// <summary>Only while somebody waits for it.</summary>
    private TaskCompletionSource? _idle;

    /// <param name="threads">Guests that run at once.</param>
    /// <param name="maxRunningOfOne">Guests of one caller that run at once, also when threads are free.</param>
    /// <param name="maxQueue">Work that may wait.</param>
    public ExecutionPool(int threads, int maxRunningOfOne, int maxQueue)
    {
        _maxQueue = maxQueue;
        _maxRunningOfOne = maxRunningOfOne;
        _looking = threads;
        _threads = [.. Enumerable.Range(0, threads).Select(i => new GuestThread(i, Work))];
        foreach (var thread in _threads)
            thread.Start();
    }

    /// <summary>Work that waits for a thread.</summary>
    public int Queued
    {
        get
        {
            lock (_gate)
                return _queue.Count - Startable;
        }
    }

    /// <summary>Work on a thread, or about to be.</summary>
    public int Running
    {
        get
        {
            lock (_gate)
                return _running + Startable;
        }
    }

    private int Idle => _threads.Length - _running;

    private bool IsIdle => _running == 0 && _queue.Count == 0;

    /// <summary>Work in the queue that a thread is about to take: it has a thread, and its caller's share is not used up.</summary>
    private int Startable => _queue.Count == 0 ? 0 : Math.Min(Idle, _queue.Callers.Sum(StartableOf));

    /// <summary>One caller's share of the queue; the whole of a queue too small to be shared.</summary>
    private int MaxQueueOfOne => Math.Max(1, _maxQueue / 2);

    /// <summary>False when the queue has no room for this caller.</summary>
    /// <param name="caller">Who shares threads and queue with whom.</param>
    /// <param name="work">
    /// Must not throw. What it returns tells the one who waits, and runs when the thread counts as free again: whoever has an
    /// answer finds the slot free.
    /// </param>
    public bool TryEnqueue(string caller, Func<Action> work)
    {
        GuestThread? woken;
        lock (_gate)
        {
            if (_ended || !(StartsAtOnce(caller) || MayWait(caller)))
                return false;
            _queue.Enqueue(caller, work);
            woken = OneToWake();
        }

        woken?.Wake();
        return true;
    }

    /// <summary>Takes a slot for work on the caller's own thread; false when it would have to wait. <see cref="Leave"/> gives it back.</summary>
    public bool TryEnter(string caller)
    {
        lock (_gate)
        {
            if (_ended || !StartsAtOnce(caller))
                return false;
            Begin(caller);
            return true;
        }
    }

    public void Leave(string caller)
    {
        GuestThread? woken;
        lock (_gate)
        {
            End(caller);
            woken = OneToWake();
        }

        woken?.Wake();
    }

    /// <summary>Completes when nothing runs and nothing waits.</summary>
    public Task WhenIdle()
    {
        lock (_gate)
            return IsIdle ? Task.CompletedTask : (_idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
            _looking += _asleep.Count;
            _asleep.Clear();
        }

        foreach (var thread in _threads)
            thread.Wake();
        foreach (var thread in _threads)
            thread.Join();
    }

    private bool StartsAtOnce(string caller) => Startable < Idle && RunningOf(caller) + _queue.CountOf(caller) < _maxRunningOfOne;

    private bool MayWait(string caller) =>
        _queue.Count - Startable < _maxQueue && _queue.CountOf(caller) - StartableOf(caller) < MaxQueueOfOne;

    private int StartableOf(string caller) => Math.Min(_queue.CountOf(caller), _maxRunningOfOne - RunningOf(caller));

    private int RunningOf(string caller) => _runningBy.GetValueOrDefault(caller);

    private void Work(GuestThread thread)
    {
        while (TryTakeOrSleep(thread, out var caller, out var work))
        {
            if (work is null)
            {
                thread.Sleep();
                continue;
            }

            var tell = work();
            lock (_gate)
            {
                End(caller);
                _looking++;
            }

            tell();
        }
    }

    /// <summary>
    /// The next work; none when the thread has to sleep until it is woken. Whoever frees a place looks for more itself: what waits may
    /// have waited for its caller's share. False when all is over.
    /// </summary>
    private bool TryTakeOrSleep(GuestThread thread, out string caller, out Func<Action>? work)
    {
        lock (_gate)
        {
            _looking--;
            if (_queue.TryDequeue(c => RunningOf(c) < _maxRunningOfOne, out caller, out work))
            {
                Begin(caller);
                return true;
            }

            work = null;
            if (_ended)
                return false;
            _asleep.Push(thread);
            return true;
        }
    }

    private void Begin(string caller)
    {
        _running++;
        CollectionsMarshal.GetValueRefOrAddDefault(_runningBy, caller, out _)++;
    }

    private void End(string caller)
    {
        _running--;
        if (--CollectionsMarshal.GetValueRefOrNullRef(_runningBy, caller) == 0)
            _runningBy.Remove(caller);
        if (_idle is null || !IsIdle)
            return;
        _idle.SetResult();
        _idle = null;
    }

    /// <summary>Of the threads that sleep the one that ran last: its stack and caches are warm. None when those that are awake are enough.</summary>
    private GuestThread? OneToWake()
    {
        if (Startable <= _looking || !_asleep.TryPop(out var woken))
            return null;
        _looking++;
        return woken;
    }
}
