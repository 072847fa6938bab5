using static WasmWizard.Service.Metrics.MetricDefinition;

namespace WasmWizard.Service.Metrics;

/// <summary>Every metric of the service, once: the meters are made from these, and the contract lists them.</summary>
public static class MetricCatalog
{
    /// <summary>Around 0.2 s, the objective of 99 % of requests.</summary>
    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10, 30];

    /// <summary>64 KiB, one page, to 512 MiB, the default ceiling, by factors of 4 or 2.</summary>
    private static readonly double[] Bytes = [65536, 262144, 1048576, 4194304, 16777216, 67108864, 134217728, 268435456, 536870912];

    public static readonly MetricDefinition HttpRequests =
        Counter("wasm_wizard_http_requests_total", "HTTP requests by method, route and status.", "method", "route", "status");

    public static readonly MetricDefinition HttpDuration =
        Histogram("wasm_wizard_http_request_duration_seconds", "Time from a request's arrival to the end of its answer.", Seconds, "method", "route", "status");

    public static readonly MetricDefinition Executions =
        Counter("wasm_wizard_executions_total", "Executions by outcome: success, exit, trap, timeout, memory, fuel, output, invalid, abandoned; and tier.", "outcome", "tier");

    public static readonly MetricDefinition GuestDuration =
        Histogram("wasm_wizard_guest_duration_seconds", "Wall time of guests, without queue and compilation.", Seconds);

    public static readonly MetricDefinition GuestMemory =
        Histogram("wasm_wizard_guest_memory_peak_bytes", "Peak linear memory of guests.", Bytes);

    public static readonly MetricDefinition CacheLookups =
        Counter("wasm_wizard_module_cache_lookups_total", "Lookups of compiled modules by result: hit (memory), disk, miss.", "result");

    public static readonly MetricDefinition ArtifactRejections =
        Counter("wasm_wizard_module_artifact_rejections_total", "Compiled modules on disk that were not used or kept, by reason: corrupt, foreign, failed.", "reason");

    public static readonly MetricDefinition CachedModules = Gauge("wasm_wizard_module_cache_modules", "Compiled modules in memory.");

    public static readonly MetricDefinition CachedModuleBytes = Gauge("wasm_wizard_module_cache_bytes", "Machine code of the compiled modules in memory.");

    public static readonly MetricDefinition QueueDepth = Gauge("wasm_wizard_queue_depth", "Executions that wait for a slot.");

    public static readonly MetricDefinition QueueRejections = Counter("wasm_wizard_queue_rejections_total", "Executions refused because the queue was full.");

    public static readonly MetricDefinition ExecutionsRunning = Gauge("wasm_wizard_executions_running", "Slots in use.");

    public static readonly MetricDefinition RateLimitRejections =
        Counter("wasm_wizard_rate_limit_rejections_total", "Executions refused by rate limits, by window (minute, day, or unknown when the counters did not answer) and tier.", "window", "tier");

    public static readonly MetricDefinition AuthenticationFailures =
        Counter("wasm_wizard_authentication_failures_total", "Requests without a valid key, by reason: missing, malformed, unknown, expired, revoked, disabled, session, forged.", "reason");

    public static readonly MetricDefinition UsageRecordsDropped =
        Counter("wasm_wizard_usage_records_dropped_total", "Usage records that could not be written, by reason: full, failed.", "reason");

    public static readonly MetricDefinition ResidentMemory = Gauge("wasm_wizard_process_resident_memory_bytes", "Resident memory of the process.");

    public static readonly MetricDefinition ProcessorTime = Counter("wasm_wizard_process_cpu_seconds_total", "Processor time of the process.");

    public static readonly MetricDefinition DataPathFree = Gauge("wasm_wizard_data_path_free_bytes", "Free space of the file system that holds DATA_PATH.");

    public static readonly MetricDefinition LastBackup =
        Gauge("wasm_wizard_last_backup_timestamp_seconds", "When the last verified backup was made, in seconds since 1970; 0 when none is known.");

    public static readonly MetricDefinition Ready = Gauge("wasm_wizard_ready", "1 when the last readiness check passed.");

    public static readonly MetricDefinition BuildInfo =
        Gauge("wasm_wizard_build_info", "1; the release that runs, as the deployment named it.", "version", "commit", "digest");

    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        HttpRequests, HttpDuration, Executions, GuestDuration, GuestMemory, CacheLookups, ArtifactRejections, CachedModules, CachedModuleBytes,
        QueueDepth, QueueRejections, ExecutionsRunning, RateLimitRejections, AuthenticationFailures, UsageRecordsDropped,
        ResidentMemory, ProcessorTime, DataPathFree, LastBackup, Ready, BuildInfo,
    ];
}
