using Prometheus;

namespace WasmWizard.Service.Metrics;

/// <summary>The meters of one running service, in a registry of their own: nothing is process-wide, so that two can live in one process.</summary>
public sealed class ServiceMetrics
{
    private readonly MetricFactory _factory;

    public ServiceMetrics()
    {
        _factory = Prometheus.Metrics.WithCustomRegistry(Registry);
        _factory.ExemplarBehavior = ExemplarBehavior.NoExemplars();
        HttpRequests = CounterOf(MetricCatalog.HttpRequests);
        HttpDuration = HistogramOf(MetricCatalog.HttpDuration);
        Executions = CounterOf(MetricCatalog.Executions);
        GuestDuration = HistogramOf(MetricCatalog.GuestDuration);
        GuestMemory = HistogramOf(MetricCatalog.GuestMemory);
        CacheLookups = CounterOf(MetricCatalog.CacheLookups);
        ArtifactRejections = CounterOf(MetricCatalog.ArtifactRejections);
        CachedModules = GaugeOf(MetricCatalog.CachedModules);
        CachedModuleBytes = GaugeOf(MetricCatalog.CachedModuleBytes);
        QueueDepth = GaugeOf(MetricCatalog.QueueDepth);
        QueueRejections = CounterOf(MetricCatalog.QueueRejections);
        ExecutionsRunning = GaugeOf(MetricCatalog.ExecutionsRunning);
        RateLimitRejections = CounterOf(MetricCatalog.RateLimitRejections);
        AuthenticationFailures = CounterOf(MetricCatalog.AuthenticationFailures);
        UsageRecordsDropped = CounterOf(MetricCatalog.UsageRecordsDropped);
        ResidentMemory = GaugeOf(MetricCatalog.ResidentMemory);
        ProcessorTime = CounterOf(MetricCatalog.ProcessorTime);
        DataPathFree = GaugeOf(MetricCatalog.DataPathFree);
        LastBackup = GaugeOf(MetricCatalog.LastBackup);
        Ready = GaugeOf(MetricCatalog.Ready);
        BuildInfo = GaugeOf(MetricCatalog.BuildInfo);
    }

    public CollectorRegistry Registry { get; } = Prometheus.Metrics.NewCustomRegistry();

    public Counter HttpRequests { get; }

    public Histogram HttpDuration { get; }

    public Counter Executions { get; }

    public Histogram GuestDuration { get; }

    public Histogram GuestMemory { get; }

    public Counter CacheLookups { get; }

    public Counter ArtifactRejections { get; }

    public Gauge CachedModules { get; }

    public Gauge CachedModuleBytes { get; }

    public Gauge QueueDepth { get; }

    public Counter QueueRejections { get; }

    public Gauge ExecutionsRunning { get; }

    public Counter RateLimitRejections { get; }

    public Counter AuthenticationFailures { get; }

    public Counter UsageRecordsDropped { get; }

    public Gauge ResidentMemory { get; }

    public Counter ProcessorTime { get; }

    public Gauge DataPathFree { get; }

    public Gauge LastBackup { get; }

    public Gauge Ready { get; }

    public Gauge BuildInfo { get; }

    /// <summary>Runs before each scrape, to set the gauges that are read rather than counted.</summary>
    public void OnScrape(Action update) => Registry.AddBeforeCollectCallback(update);

    private Counter CounterOf(MetricDefinition definition) => _factory.CreateCounter(definition.Name, definition.Help, [.. definition.Labels]);

    private Gauge GaugeOf(MetricDefinition definition) => _factory.CreateGauge(definition.Name, definition.Help, [.. definition.Labels]);

    private Histogram HistogramOf(MetricDefinition definition) => _factory.CreateHistogram(definition.Name, definition.Help,
        [.. definition.Labels], new HistogramConfiguration { Buckets = [.. definition.Buckets] });
}
