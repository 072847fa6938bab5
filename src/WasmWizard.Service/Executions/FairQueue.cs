namespace WasmWizard.Service.Executions;

/// <summary>
/// Waiting work of many callers: they take turns, first come first served within each. A caller whose running work fills its share
/// waits without barring the others; when all places are taken, the newest work of the one who waits with most goes. Not thread-safe.
/// </summary>
/// <param name="maxOfCaller">Work of one caller that runs at once; the caller without a name has no such bound.</param>
internal sealed class FairQueue<T>(int maxOfCaller)
{
    private readonly Dictionary<string, Line> _lines = new(StringComparer.Ordinal);
    private readonly LinkedList<Line> _turns = new();

    /// <summary>Work that waits, whether or not it could start.</summary>
    public int Count { get; private set; }

    /// <summary>Whether <see cref="TryStart"/> would find something.</summary>
    public bool HasStartable => _turns.Count > 0;

    /// <summary>Work that waits for a thread only: its caller has room in its share.</summary>
    public int Startable => _turns.Sum(line => line.Caller.Length == 0 ? line.Waiting.Count : Math.Min(line.Waiting.Count, maxOfCaller - line.Running));

    /// <summary>Whether work of this caller would be its next to start and has room in its share.</summary>
    public bool CanStart(string caller) =>
        !_lines.TryGetValue(caller, out var line) || (line.Waiting.Count == 0 && HasRoom(line));

    public void Add(string caller, T work)
    {
        if (!_lines.TryGetValue(caller, out var line))
            _lines.Add(caller, line = new Line(caller));
        line.Waiting.AddLast(work);
        Count++;
        TakeTurn(line);
    }

    /// <summary>Makes room for one more of <paramref name="caller"/> at the cost of whoever waits with most; false when that is this caller.</summary>
    public bool TryDisplace(string caller, out T displaced)
    {
        displaced = default!;
        var mine = _lines.TryGetValue(caller, out var own) ? own.Waiting.Count : 0;
        var longest = _lines.Values.MaxBy(line => line.Waiting.Count);
        if (longest is null || longest.Waiting.Count <= mine + 1)
            return false;
        displaced = longest.Waiting.Last!.Value;
        longest.Waiting.RemoveLast();
        Count--;
        return true;
    }

    /// <summary>The next work, of the caller whose turn it is. It counts as running until <see cref="Ended"/>.</summary>
    public bool TryStart(out string caller, out T work)
    {
        if (_turns.First is not { Value: var line })
        {
            (caller, work) = ("", default!);
            return false;
        }

        _turns.RemoveFirst();
        line.HasTurn = false;
        (caller, work) = (line.Caller, line.Waiting.First!.Value);
        line.Waiting.RemoveFirst();
        line.Running++;
        Count--;
        TakeTurn(line);
        return true;
    }

    public void Ended(string caller)
    {
        var line = _lines[caller];
        line.Running--;
        TakeTurn(line);
        if (line.Running == 0 && line.Waiting.Count == 0)
            _lines.Remove(caller);
    }

    private void TakeTurn(Line line)
    {
        if (line.HasTurn || line.Waiting.Count == 0 || !HasRoom(line))
            return;
        line.HasTurn = true;
        _turns.AddLast(line);
    }

    private bool HasRoom(Line line) => line.Running < maxOfCaller || line.Caller.Length == 0;

    private sealed class Line(string caller)
    {
        public string Caller => caller;

        public LinkedList<T> Waiting { get; } = new();

        public int Running { get; set; }

        public bool HasTurn { get; set; }
    }
}
