namespace WasmWizard.BuildEngine;

/// <summary>
/// Decides what starts next, and nothing else: no threads, no clock, no targets. The caller reports what ended and asks again.
/// What the serial run would have run is run, and ends as it would have ended there; see docs/adr on parallel targets.
/// </summary>
/// <param name="targets">The plan by position.</param>
/// <param name="jobs">How many may run at once. With one, targets start in the order of the plan.</param>
/// <param name="isLeftOut">Whether the target of a position is skipped or failed already; asked once, when everything before it is final.</param>
internal sealed class PlanScheduler(IReadOnlyList<ScheduledTarget> targets, int jobs, Func<int, bool> isLeftOut)
{
    /// <summary>For <see cref="StopAfter"/>: nothing that is not assured starts any more.</summary>
    public const int BeforeAll = -1;

    private const int Nowhere = int.MaxValue;

    private readonly List<int>?[] _followers = FollowersOf(targets);
    private readonly int[] _waitsFor = new int[targets.Count];
    private readonly int[] _ranks = new int[targets.Count];
    private readonly HashSet<int> _running = [];
    private readonly HashSet<int> _interrupted = [];
    private readonly HashSet<string> _held = [];
    private readonly Queue<Resolution> _resolved = new();
    private readonly int[] _byRank = OrderOf(targets, jobs);
    private RankSet? _ready;
    private bool _isAloneRunning;
    private int _open = targets.Count;
    private int _stop = Nowhere;
    private bool _isCancelled;

    /// <summary>Everything is final.</summary>
    public bool IsDone => _open == 0;

    /// <summary>The build was cancelled and what ran then has not ended yet. Nothing starts meanwhile.</summary>
    public bool IsDraining => _interrupted.Count > 0;

    /// <summary>Something is ready and may start beside what runs, as far as the number of jobs goes.</summary>
    public bool HasMore => Ready.Count > 0 && _running.Count < jobs;

    /// <summary>The ranks of what may start.</summary>
    private RankSet Ready => _ready ?? Begin();

    /// <summary>The position that starts now, or null when nothing can.</summary>
    public int? Next()
    {
        if (_running.Count >= jobs || IsDraining)
            return null;
        for (var rank = Ready.First; rank is { } next; rank = Ready.NextFrom(next + 1))
        {
            var position = _byRank[next];
            if (CanStart(targets[position]))
                return Start(position);
            // One that wants to be alone and comes first gets the machine: nothing overtakes it for ever.
            if (targets[position].IsAlone)
                return null;
        }

        return null;
    }

    /// <summary>A running target ended.</summary>
    /// <param name="position">Which one.</param>
    /// <param name="hasFailed">Whether it failed or was aborted.</param>
    public void Complete(int position, bool hasFailed)
    {
        _running.Remove(position);
        _isAloneRunning = false;
        _interrupted.Remove(position);
        _held.ExceptWith(targets[position].Locks);
        if (hasFailed && !targets[position].Proceeds)
            StopAfter(position);
        BecomeFinal(position);
    }

    /// <summary>Targets after this position do not start any more, unless they are assured. </summary>
    public void StopAfter(int position)
    {
        if (position >= _stop)
            return;
        _stop = position;
        for (var rank = Ready.First; rank is { } next; rank = Ready.NextFrom(next + 1))
        {
            var stopped = _byRank[next];
            if (!IsStopped(stopped))
                continue;
            Ready.Remove(next);
            _resolved.Enqueue(new Resolution(stopped, IsLeftOut: false));
            BecomeFinal(stopped);
        }
    }

    /// <summary>The build was cancelled: nothing but assured targets starts, and those when all that runs now has ended.</summary>
    public void Cancel()
    {
        if (_isCancelled)
            return;
        _isCancelled = true;
        _interrupted.UnionWith(_running);
        StopAfter(BeforeAll);
    }

    /// <summary>Targets that became final without running, since the last call.</summary>
    public IReadOnlyList<Resolution> TakeResolved()
    {
        if (_resolved.Count == 0)
            return [];
        var taken = _resolved.ToArray();
        _resolved.Clear();
        return taken;
    }

    private RankSet Begin()
    {
        _ready = new RankSet(targets.Count);
        for (var rank = 0; rank < _byRank.Length; rank++)
            _ranks[_byRank[rank]] = rank;
        for (var position = 0; position < targets.Count; position++)
            _waitsFor[position] = targets[position].After.Count;
        for (var position = 0; position < targets.Count; position++)
            if (targets[position].After.Count == 0 && Decide(position))
                BecomeFinal(position);
        return _ready;
    }

    private bool CanStart(ScheduledTarget target) => target.IsAlone
        ? _running.Count == 0
        : !_isAloneRunning && !target.Locks.Any(_held.Contains);

    private int Start(int position)
    {
        Ready.Remove(_ranks[position]);
        _running.Add(position);
        _isAloneRunning = targets[position].IsAlone;
        _held.UnionWith(targets[position].Locks);
        return position;
    }

    private bool IsStopped(int position) => position > _stop && !targets[position].IsAssured;

    /// <summary>What is before it is final: it is ready, or final itself without running.</summary>
    /// <returns>Whether it is final.</returns>
    private bool Decide(int position)
    {
        var leftOut = isLeftOut(position);
        if (!leftOut && !IsStopped(position))
        {
            Ready.Add(_ranks[position]);
            return false;
        }

        _resolved.Enqueue(new Resolution(position, leftOut));
        return true;
    }

    private void BecomeFinal(int position)
    {
        var final = new Stack<int>();
        final.Push(position);
        while (final.TryPop(out var next))
        {
            _open--;
            foreach (var follower in _followers[next] ?? [])
                if (--_waitsFor[follower] == 0 && Decide(follower))
                    final.Push(follower);
        }
    }

    /// <summary>Positions in the order of starts: with one job the plan's, else the longest remaining path first.</summary>
    private static int[] OrderOf(IReadOnlyList<ScheduledTarget> targets, int jobs)
    {
        var order = new int[targets.Count];
        for (var position = 0; position < order.Length; position++)
            order[position] = position;
        if (jobs > 1)
        {
            var remaining = RemainingOf(targets);
            Array.Sort(order, (left, right) => remaining[left] == remaining[right] ? left.CompareTo(right) : remaining[right].CompareTo(remaining[left]));
        }

        return order;
    }

    /// <summary>By position, the ticks from its start to the end of the longest path that begins with it.</summary>
    private static long[] RemainingOf(IReadOnlyList<ScheduledTarget> targets)
    {
        var remaining = new long[targets.Count];
        for (var position = targets.Count - 1; position >= 0; position--)
        {
            // What follows a position has a higher one, so that its own path is known by now.
            remaining[position] += targets[position].Estimate.Ticks;
            foreach (var before in targets[position].After)
                remaining[before] = Math.Max(remaining[before], remaining[position]);
        }

        return remaining;
    }

    /// <summary>By position; null where nothing follows.</summary>
    private static List<int>?[] FollowersOf(IReadOnlyList<ScheduledTarget> targets)
    {
        var followers = new List<int>?[targets.Count];
        for (var position = 0; position < targets.Count; position++)
            foreach (var before in targets[position].After)
                (followers[before] ??= []).Add(position);
        return followers;
    }

    /// <summary>A target that became final without running.</summary>
    /// <param name="IsLeftOut">It was skipped or had failed before; else it is not run because of a failure or a cancellation.</param>
    public readonly record struct Resolution(int Position, bool IsLeftOut);
}
