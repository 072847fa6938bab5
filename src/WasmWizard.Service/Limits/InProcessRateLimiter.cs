using System.Collections.Concurrent;

namespace WasmWizard.Service.Limits;

/// <summary>The sliding window of one process: what a service without Redis has. Forgets callers whose last window has passed.</summary>
public sealed class InProcessRateLimiter(TimeProvider clock) : IRateLimiter
{
    /// <summary>Callers are swept each time this many requests were asked for, so that the sweep costs nothing a request.</summary>
    private const int SweepEvery = 4096;

    private readonly ConcurrentDictionary<string, Admissions> _callers = new();
    private int _asked;

    /// <summary>Callers remembered now.</summary>
    public int Callers => _callers.Count;

    public ValueTask<RateDecision> AskAsync(string key, IReadOnlyList<RateWindow> windows, CancellationToken cancellation)
    {
        if (windows.Count == 0)
            return new(new RateDecision.Admitted(null, long.MaxValue, TimeSpan.Zero));
        if (Interlocked.Increment(ref _asked) % SweepEvery == 0)
            Sweep();
        while (true)
        {
            var admissions = _callers.GetOrAdd(key, _ => new Admissions());
            lock (admissions)
            {
                // A sweep may have taken it out between finding and locking it; what is counted there would be lost.
                if (!admissions.IsForgotten)
                    return new(admissions.Ask(windows, clock.GetTimestamp(), clock.TimestampFrequency));
            }
        }
    }

    private void Sweep()
    {
        foreach (var (key, admissions) in _callers)
        {
            lock (admissions)
            {
                if (admissions.HasPassed(clock.GetTimestamp()))
                {
                    admissions.IsForgotten = true;
                    _callers.TryRemove(key, out _);
                }
            }
        }
    }

    /// <summary>Times of one caller's admissions within the longest window, oldest first.</summary>
    private sealed class Admissions
    {
        private readonly List<long> _times = [];
        private long _passed = long.MinValue;
        private int _first;

        public bool IsForgotten { get; set; }

        public bool HasPassed(long now) => now >= _passed;

        public RateDecision Ask(IReadOnlyList<RateWindow> windows, long now, long frequency)
        {
            var longest = windows.Max(window => Ticks(window, frequency));
            Forget(now - longest);
            RateDecision.Limited? full = null;
            RateDecision.Admitted? tightest = null;
            foreach (var window in windows)
            {
                var ticks = Ticks(window, frequency);
                var from = FirstAfter(now - ticks);
                var count = _times.Count - from;
                if (count >= window.Limit)
                {
                    // The one whose leaving makes room.
                    var wait = Span(_times[(int)(_times.Count - window.Limit)] + ticks - now, frequency);
                    if (full is null || wait > full.RetryAfter)
                        full = new RateDecision.Limited(window, wait);
                }
                else if (tightest is null || window.Limit - count - 1 < tightest.Remaining)
                {
                    tightest = new RateDecision.Admitted(window, window.Limit - count - 1, count == 0 ? window.Length : Span(_times[from] + ticks - now, frequency));
                }
            }

            if (full is not null)
                return full;
            _times.Add(now);
            _passed = now + longest;
            return tightest!;
        }

        private static long Ticks(RateWindow window, long frequency) => (long)(window.Length.TotalSeconds * frequency);

        private static TimeSpan Span(long ticks, long frequency) => TimeSpan.FromSeconds((double)ticks / frequency);

        /// <summary>Drops what no window counts any more; the list is cut when half of it is such.</summary>
        private void Forget(long until)
        {
            while (_first < _times.Count && _times[_first] <= until)
                _first++;
            if (_first < 32 || _first * 2 < _times.Count)
                return;
            _times.RemoveRange(0, _first);
            _first = 0;
        }

        /// <summary>Index of the first admission later than <paramref name="time"/>.</summary>
        private int FirstAfter(long time)
        {
            var (low, high) = (_first, _times.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (_times[middle] <= time)
                    low = middle + 1;
                else
                    high = middle;
            }

            return low;
        }
    }
}
