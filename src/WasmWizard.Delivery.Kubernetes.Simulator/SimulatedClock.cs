namespace WasmWizard.Delivery.Kubernetes.Simulator;

/// <summary>Time that passes only when it is told to; timers fire as it passes them, in order, on the thread that lets it pass.</summary>
public sealed class SimulatedClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private DateTimeOffset _now = start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets time pass and fires what became due.</summary>
    public void Advance(TimeSpan by)
    {
        DateTimeOffset end;
        lock (_gate)
            end = _now + by;
        while (true)
        {
            Timer? due;
            lock (_gate)
            {
                due = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
                // Never back: what a timer calls may itself have let time pass, beyond this end.
                var until = due?.Due ?? end;
                _now = until > _now ? until : _now;
                due?.Next();
            }

            if (due is null)
                return;
            due.Fire();
        }
    }

    private sealed class Timer(SimulatedClock clock, Action fire) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset? Due { get; private set; }

        public void Fire() => fire();

        public void Next() => Due = _period > TimeSpan.Zero ? Due + _period : null;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                Due = dueTime < TimeSpan.Zero ? null : clock._now + dueTime;
                _period = period;
                if (!clock._timers.Contains(this))
                    clock._timers.Add(this);
                return true;
            }
        }

        public void Dispose()
        {
            lock (clock._gate)
                clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
