using System.Globalization;
using WasmWizard.Delivery.Canary;

namespace WasmWizard.Delivery.Kubernetes.Rollouts;

/// <summary>Reads the service's own metrics (Prometheus text) as <see cref="TrafficSample"/>; health checks and scrapes are not traffic.</summary>
public static class PodTraffic
{
    private const string Total = "wasm_wizard_http_requests_total{";
    private const string Bucket = "wasm_wizard_http_request_duration_seconds_bucket{";
    private const string Count = "wasm_wizard_http_request_duration_seconds_count{";

    public static TrafficSample Read(string metrics)
    {
        long requests = 0, errors = 0, timed = 0, fast = 0;
        foreach (var line in metrics.Split('\n'))
        {
            if (!IsTraffic(line))
                continue;
            if (line.StartsWith(Total, StringComparison.Ordinal))
            {
                requests += Value(line);
                errors += Label(line, "status").StartsWith('5') ? Value(line) : 0;
            }
            else if (line.StartsWith(Count, StringComparison.Ordinal))
            {
                timed += Value(line);
            }
            else if (line.StartsWith(Bucket, StringComparison.Ordinal) && Label(line, "le") == "0.2")
            {
                fast += Value(line);
            }
        }

        return new(requests, errors, Math.Max(0, timed - fast));
    }

    private static bool IsTraffic(string line) =>
        line.StartsWith("wasm_wizard_http_request", StringComparison.Ordinal) && Label(line, "route") is var route
        && !route.StartsWith("/health", StringComparison.Ordinal) && route is not ("/metrics" or "/healthz" or "/readyz");

    private static string Label(string line, string name)
    {
        var start = line.IndexOf($"{name}=\"", StringComparison.Ordinal);
        if (start < 0)
            return "";
        start += name.Length + 2;
        var end = line.IndexOf('"', start);
        return end < 0 ? "" : line[start..end];
    }

    private static long Value(string line) =>
        double.TryParse(line[(line.LastIndexOf(' ') + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? (long)value : 0;
}
