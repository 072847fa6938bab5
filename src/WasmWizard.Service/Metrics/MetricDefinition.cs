namespace WasmWizard.Service.Metrics;

/// <summary>One metric as the contract names it. Buckets only for histograms, in the unit of the name.</summary>
public sealed record MetricDefinition(string Name, string Type, string Help, IReadOnlyList<string> Labels, IReadOnlyList<double> Buckets)
{
    public static MetricDefinition Counter(string name, string help, params string[] labels) => new(name, "counter", help, labels, []);

    public static MetricDefinition Gauge(string name, string help, params string[] labels) => new(name, "gauge", help, labels, []);

    public static MetricDefinition Histogram(string name, string help, double[] buckets, params string[] labels) =>
        new(name, "histogram", help, labels, buckets);
}
