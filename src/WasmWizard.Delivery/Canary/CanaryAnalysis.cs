using System.Globalization;
using WasmWizard.Delivery.Gates;

namespace WasmWizard.Delivery.Canary;

/// <summary>
/// Judges the first instance of a release against those that serve, over the same window and the same traffic. Too few requests are no proof
/// of anything: Inconclusive, never Passed.
/// </summary>
public static class CanaryAnalysis
{
    /// <summary>Below this an error share of 1 % cannot be told from chance.</summary>
    private const int LeastRequests = 100;

    /// <summary>This many errors speak for themselves, however few requests there were.</summary>
    private const int ManyErrors = 5;

    private const decimal ErrorMargin = 0.01m;
    private const decimal SlowMargin = 0.10m;

    /// <param name="stable">Of all serving instances together.</param>
    /// <param name="canary">Of the one that is tried.</param>
    public static CanaryVerdict Judge(TrafficSample stable, TrafficSample canary)
    {
        var observed = $"canary {Text(canary)}; stable {Text(stable)}";
        if (canary.Errors >= ManyErrors && canary.ErrorShare > stable.ErrorShare + ErrorMargin)
            return new(Verdict.Refused, $"{observed}; required: at most {Percent(stable.ErrorShare + ErrorMargin)} errors");
        if (canary.Requests < LeastRequests || stable.Requests < LeastRequests)
            return new(Verdict.Inconclusive, $"{observed}; {LeastRequests} requests of each are needed to tell");
        if (canary.ErrorShare > stable.ErrorShare + ErrorMargin)
            return new(Verdict.Refused, $"{observed}; required: at most {Percent(stable.ErrorShare + ErrorMargin)} errors");
        return canary.SlowShare > stable.SlowShare + SlowMargin
            ? new(Verdict.Refused, $"{observed}; required: at most {Percent(stable.SlowShare + SlowMargin)} slower than 200 ms")
            : new(Verdict.Passed, observed);
    }

    private static string Text(TrafficSample sample) =>
        $"{sample.Requests} requests, {Percent(sample.ErrorShare)} errors, {Percent(sample.SlowShare)} slower than 200 ms";

    private static string Percent(decimal share) => share.ToString("0.0 %", CultureInfo.InvariantCulture);
}

/// <param name="Reason">What was observed, and where it was not enough, what was required.</param>
public sealed record CanaryVerdict(Verdict Verdict, string Reason);
