namespace WasmWizard.Delivery.Canary;

/// <summary>Requests that one or several pods answered within a window; those of probes and of monitoring are left out.</summary>
/// <param name="Requests">All.</param>
/// <param name="Errors">Answered with a status of 500 or above.</param>
/// <param name="Slow">Took longer than 200 ms.</param>
public readonly record struct TrafficSample(long Requests, long Errors, long Slow)
{
    public decimal ErrorShare => Requests == 0 ? 0 : (decimal)Errors / Requests;

    public decimal SlowShare => Requests == 0 ? 0 : (decimal)Slow / Requests;

    public static TrafficSample operator +(TrafficSample left, TrafficSample right) =>
        new(left.Requests + right.Requests, left.Errors + right.Errors, left.Slow + right.Slow);

    public static TrafficSample Add(TrafficSample left, TrafficSample right) => left + right;

    /// <summary>What happened since an earlier look; a counter that became smaller began anew with its process.</summary>
    public TrafficSample Since(TrafficSample earlier) => Requests < earlier.Requests
        ? this
        : new(Requests - earlier.Requests, Math.Max(0, Errors - earlier.Errors), Math.Max(0, Slow - earlier.Slow));
}
