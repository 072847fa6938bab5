namespace WasmWizard.Service.Limits;

/// <summary>
/// A sliding window over admitted requests, exact: within no stretch of a window's length are more admitted than its limit, and a
/// request is refused only when that many were admitted within the length before it. Asking is counting, in one step.
/// </summary>
public interface IRateLimiter
{
    /// <param name="key">Who shares the limit.</param>
    /// <param name="windows">Every one of them has to have room; empty: always admitted, nothing is kept.</param>
    ValueTask<RateDecision> AskAsync(string key, IReadOnlyList<RateWindow> windows, CancellationToken cancellation);
}
