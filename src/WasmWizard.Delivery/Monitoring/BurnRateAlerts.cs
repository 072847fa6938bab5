using System.Globalization;
using WasmWizard.Delivery.Environments;

namespace WasmWizard.Delivery.Monitoring;

/// <summary>
/// Alerts on how fast the error budget of 30 days is used up: each looks at a long window, so that it matters, and at a short one, so
/// that it ends when the trouble has ended. Windows and factors are those of the SRE Workbook, chapter 5.
/// </summary>
internal static class BurnRateAlerts
{
    private const string Requests = "wasm_wizard_http_requests_total";
    private const string Durations = "wasm_wizard_http_request_duration_seconds";

    /// <summary>Probes and scrapes come by the clock and would dilute what users see.</summary>
    private const string UserRoutes = "route=~\"/api/.*\"";

    /// <summary>Requests between two samples of the proofs; large enough that a tenth of a percent of a percent is a whole number.</summary>
    private const int ProofRate = 100_000;

    private static readonly Window[] Windows =
    [
        new("1h", TimeSpan.FromHours(1), "5m", TimeSpan.FromMinutes(5), 14.4m, AlertSeverity.Page),
        new("6h", TimeSpan.FromHours(6), "30m", TimeSpan.FromMinutes(30), 6m, AlertSeverity.Page),
        new("1d", TimeSpan.FromDays(1), "2h", TimeSpan.FromHours(2), 3m, AlertSeverity.Ticket),
        new("3d", TimeSpan.FromDays(3), "6h", TimeSpan.FromHours(6), 1m, AlertSeverity.Ticket),
    ];

    public static IEnumerable<Recording> Recordings(MonitoringRule rule, MetricContract contract)
    {
        var requests = contract.Use(Requests, "route", "status");
        var (fast, bound) = contract.UseBucket(Durations, rule.LatencyLimit, "route");
        foreach (var span in Windows.SelectMany(window => new[] { window.Short, window.Long }).Distinct())
        {
            yield return new(Errors(span),
                $"sum(rate({requests}{{{UserRoutes},status=~\"5..\"}}[{span}])) / sum(rate({requests}{{{UserRoutes}}}[{span}]))");
            yield return new(Slow(span),
                $"1 - sum(rate({fast}{{{UserRoutes},le=\"{bound}\"}}[{span}])) / sum(rate({Durations}_count{{{UserRoutes}}}[{span}]))");
        }
    }

    public static IEnumerable<Alert> Availability(MonitoringRule rule) => Windows.Select(window => Burn(
        $"AvailabilityBurn{window.Long}", Errors, window, rule.Availability, "answered 5xx", AvailabilitySamples));

    public static IEnumerable<Alert> Latency(MonitoringRule rule)
    {
        var limit = FormattableString.Invariant($"{rule.LatencyLimit.TotalSeconds}");
        return Windows.Select(window => Burn(
            $"LatencyBurn{window.Long}", Slow, window, rule.Latency, $"slower than {limit} s", (bad, count) => LatencySamples(limit, bad, count)));
    }

    private static Alert Burn(
        string name, Func<string, string> ratio, Window window, decimal objective, string what, Func<decimal, int, IReadOnlyList<Samples>> samples)
    {
        var limit = window.Factor * (100 - objective) / 100;
        var all = (int)(window.LongSpan / window.Step) + 30;
        return new()
        {
            Name = name,
            Expression = FormattableString.Invariant($"{ratio(window.Long)} > {limit} and {ratio(window.Short)} > {limit}"),
            Lasting = TimeSpan.FromMinutes(2),
            Severity = window.Severity,
            Summary = FormattableString.Invariant(
                $"More than {limit * 100:0.####} % of requests are {what}, over {window.Long} and still; {objective} % over 30 days must not be. At this pace the budget is gone in {Days(window.Factor)}."),
            Step = window.Step,
            LooksAt = window.LongSpan + (20 * window.Step),
            Fires = samples(Math.Min(1, limit * 2), all),
            Silent = [samples(limit / 2, all), Ended(samples, limit, window), Brief(samples, limit, window)],
        };
    }

    /// <summary>Bad enough over the long window, but it ended before the short one began.</summary>
    private static List<Samples> Ended(Func<decimal, int, IReadOnlyList<Samples>> samples, decimal limit, Window window)
    {
        var good = (int)(window.ShortSpan / window.Step) + 5;
        return Turning(samples, Math.Min(1, limit * 4), (int)(window.LongSpan / window.Step) + 20 - good, 0, good);
    }

    /// <summary>Bad enough over the short window and for longer than an alert waits, but so far only for a quarter of the long one.</summary>
    private static List<Samples> Brief(Func<decimal, int, IReadOnlyList<Samples>> samples, decimal limit, Window window)
    {
        var bad = (int)(window.LongSpan / 4 / window.Step);
        return Turning(samples, 0, (int)(window.LongSpan / window.Step) + 20 - bad, Math.Min(1, limit * 2), bad);
    }

    private static List<Samples> Turning(Func<decimal, int, IReadOnlyList<Samples>> samples, decimal first, int count, decimal then, int thenCount) =>
        [.. samples(first, count).Zip(samples(then, thenCount), (before, after) => before with { Values = Then(before.Values, after.Values) })];

    /// <summary>Goes on counting where the first notation ends.</summary>
    private static string Then(string first, string second)
    {
        var (step, times) = Parts(first);
        var (nextStep, nextTimes) = Parts(second);
        return $"{first} {(step * times) + nextStep}+{nextStep}x{nextTimes}";
    }

    private static (long Step, long Times) Parts(string values)
    {
        var parts = values["0+".Length..].Split('x');
        return (long.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private static Samples[] AvailabilitySamples(decimal bad, int count) =>
    [
        new($"{Requests}{{method=\"POST\",route=\"/api/execute\",status=\"503\"}}", Counting(bad, count)),
        new($"{Requests}{{method=\"POST\",route=\"/api/execute\",status=\"200\"}}", Counting(1 - bad, count)),
        // Not users: were they counted, half of all requests would be good.
        new($"{Requests}{{method=\"GET\",route=\"/health/ready\",status=\"200\"}}", Counting(1, count)),
    ];

    private static Samples[] LatencySamples(string limit, decimal bad, int count) =>
    [
        new($"{Durations}_bucket{{method=\"POST\",route=\"/api/execute\",status=\"200\",le=\"{limit}\"}}", Counting(1 - bad, count)),
        new($"{Durations}_count{{method=\"POST\",route=\"/api/execute\",status=\"200\"}}", Counting(1, count)),
    ];

    private static string Counting(decimal share, int count) => FormattableString.Invariant($"0+{(long)(share * ProofRate)}x{count}");

    private static string Days(decimal factor) => factor switch
    {
        14.4m => "2 days",
        6m => "5 days",
        3m => "10 days",
        _ => "30 days",
    };

    private static string Errors(string window) => $"wasm_wizard:http_errors:ratio_rate{window}";

    private static string Slow(string window) => $"wasm_wizard:http_slow:ratio_rate{window}";

    private sealed record Window(string Long, TimeSpan LongSpan, string Short, TimeSpan ShortSpan, decimal Factor, AlertSeverity Severity)
    {
        /// <summary>Six samples in the short window.</summary>
        public TimeSpan Step => ShortSpan / 6 > TimeSpan.FromMinutes(1) ? ShortSpan / 6 : TimeSpan.FromMinutes(1);
    }
}
