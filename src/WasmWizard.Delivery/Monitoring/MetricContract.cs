using System.Text.Json;

namespace WasmWizard.Delivery.Monitoring;

/// <summary>One metric as the service's contract names it.</summary>
/// <param name="Type">counter, gauge or histogram.</param>
/// <param name="Buckets">Upper bounds of a histogram's buckets.</param>
public sealed record ContractMetric(string Name, string Type, IReadOnlyList<string> Labels, IReadOnlyList<double> Buckets);

/// <summary>The metrics that the service says it emits, and what rules ask of them. A rule on anything else is a fault.</summary>
public sealed class MetricContract
{
    private readonly Dictionary<string, ContractMetric> _metrics;
    private readonly SortedSet<string> _faults = new(StringComparer.Ordinal);

    public MetricContract(IEnumerable<ContractMetric> metrics, int port)
    {
        _metrics = metrics.ToDictionary(metric => metric.Name, StringComparer.Ordinal);
        Port = port;
    }

    /// <summary>Where /metrics answers.</summary>
    public int Port { get; }

    /// <summary>Everything that rules asked for and the service lacks, each once.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    /// <summary>Metrics that rules have asked for, by name.</summary>
    public SortedSet<string> Used { get; } = new(StringComparer.Ordinal);

    /// <param name="json">service-contract.json, e.g. <c>{"ports":[{"name":"http","port":8080}],"metrics":[{"name":"x_total","type":"counter","labels":["status"],"buckets":[]}]}</c>.</param>
    /// <exception cref="FormatException">The text is not such a contract.</exception>
    public static MetricContract Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            var port = document.RootElement.GetProperty("ports").EnumerateArray()
                .Single(entry => entry.GetProperty("name").GetString() == "http").GetProperty("port").GetInt32();
            return new(document.RootElement.GetProperty("metrics").EnumerateArray().Select(Metric), port);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException($"service-contract.json has no usable metrics and port: {exception.Message}", exception);
        }
    }

    /// <summary>The name of a counter or gauge, checked together with the labels that the rule selects or groups by.</summary>
    public string Use(string name, params ReadOnlySpan<string> labels)
    {
        Used.Add(name);
        if (!_metrics.TryGetValue(name, out var metric))
        {
            _faults.Add($"the service emits no metric {name}");
            return name;
        }

        foreach (var label in labels)
        {
            if (!metric.Labels.Contains(label))
                _faults.Add($"the metric {name} has no label {label}");
        }

        return name;
    }

    /// <summary>The name of a histogram's bucket series, with the bound as Prometheus writes it; the bound must be one of the buckets.</summary>
    public (string Series, string Bound) UseBucket(string name, TimeSpan bound, params ReadOnlySpan<string> labels)
    {
        Use(name, labels);
        if (_metrics.TryGetValue(name, out var metric) && !metric.Buckets.Contains(bound.TotalSeconds))
            _faults.Add(FormattableString.Invariant($"the metric {name} has no bucket that ends at {bound.TotalSeconds} s"));
        return ($"{name}_bucket", FormattableString.Invariant($"{bound.TotalSeconds}"));
    }

    private static ContractMetric Metric(JsonElement metric) => new(
        metric.GetProperty("name").GetString()!,
        metric.GetProperty("type").GetString()!,
        [.. metric.GetProperty("labels").EnumerateArray().Select(label => label.GetString()!)],
        [.. metric.GetProperty("buckets").EnumerateArray().Select(bucket => bucket.GetDouble())]);
}
