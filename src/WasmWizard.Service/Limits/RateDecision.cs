namespace WasmWizard.Service.Limits;

/// <summary>The answer to one request.</summary>
public abstract record RateDecision
{
    private RateDecision()
    {
    }

    /// <summary>Counted and let through.</summary>
    /// <param name="Window">The window with the least left; null where nothing limits.</param>
    /// <param name="Remaining">Requests that this window still takes now.</param>
    /// <param name="Reset">Until this window has room for one more than now.</param>
    public sealed record Admitted(RateWindow? Window, long Remaining, TimeSpan Reset) : RateDecision;

    /// <summary>Not counted: who waits <paramref name="RetryAfter"/> gets through.</summary>
    /// <param name="Window">The window that is full; the one to wait longest for when both are.</param>
    public sealed record Limited(RateWindow Window, TimeSpan RetryAfter) : RateDecision;

    /// <summary>The counters cannot be asked, and letting everybody through is not wanted.</summary>
    public sealed record Unknown : RateDecision;
}
