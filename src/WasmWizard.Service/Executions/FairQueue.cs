namespace WasmWizard.Service.Executions;

/// <summary>
/// Work that waits, by caller: callers take turns, so that one who sends much waits behind their own work and not in front of
/// everybody's. Not safe for several threads: its owner has the lock.
/// </summary>
internal sealed class FairQueue<T>
{
    private readonly Dictionary<string, Queue<T>> _byCaller = [];
    private readonly LinkedList<string> _turns = [];

    public int Count { get; private set; }

    /// <summary>Callers with work that waits.</summary>
    public IEnumerable<string> Callers => _turns;

    public int CountOf(string caller) => _byCaller.TryGetValue(caller, out var queue) ? queue.Count : 0;

    public void Enqueue(string caller, T work)
    {
        if (!_byCaller.TryGetValue(caller, out var queue))
        {
            _byCaller.Add(caller, queue = new Queue<T>());
            _turns.AddLast(caller);
        }

        queue.Enqueue(work);
        Count++;
    }

    /// <summary>The first work of the first caller in turn that <paramref name="mayRun"/> lets; false when there is none.</summary>
    public bool TryDequeue(Func<string, bool> mayRun, out string caller, out T work)
    {
        for (var turn = _turns.First; turn is not null; turn = turn.Next)
        {
            if (!mayRun(turn.Value))
                continue;
            caller = turn.Value;
            var queue = _byCaller[caller];
            work = queue.Dequeue();
            Count--;
            _turns.Remove(turn);
            if (queue.Count == 0)
                _byCaller.Remove(caller);
            else
                _turns.AddLast(caller);
            return true;
        }

        (caller, work) = ("", default!);
        return false;
    }
}
