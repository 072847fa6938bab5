namespace WasmWizard.Delivery.Environments;

/// <summary>What an environment promises its users and when somebody is told; the source of its alert rules.</summary>
/// <param name="Availability">Share of requests in percent, over 30 days, that are not answered 5xx.</param>
/// <param name="Latency">Share of requests in percent, over 30 days, that are answered within <see cref="LatencyLimit"/>.</param>
/// <param name="Pages">Whether the urgent alerts wake a person; otherwise all of them wait for working hours.</param>
public sealed record MonitoringRule(decimal Availability, decimal Latency, bool Pages)
{
    /// <summary>200 ms; the service's histogram has a bucket that ends there.</summary>
    public TimeSpan LatencyLimit { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Refused keys within five minutes, by reason, that are more than people's mistakes.</summary>
    public int AuthenticationFailures { get; init; } = 50;

    /// <summary>Resident memory in bytes of one instance: 1.5 GiB, three quarters of what the manifests give it.</summary>
    public long MemoryBytes { get; init; } = 1536L * 1024 * 1024;

    /// <summary>Free bytes under DATA_PATH below which somebody makes room: 1 GiB, as much as compiled modules may take.</summary>
    public long DiskFreeBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>Processors that one instance keeps busy on average over 15 minutes.</summary>
    public decimal Processors { get; init; } = 1.8m;

    /// <summary>Executions that wait, on average over five minutes: half of the service's queue.</summary>
    public int QueueDepth { get; init; } = 32;

    /// <summary>Longest time since the last verified backup; null where nothing is backed up on a schedule.</summary>
    public TimeSpan? BackupAge { get; init; }
}
