namespace WasmWizard.Service.Data;

/// <summary>What was executed from one time to another.</summary>
/// <param name="SuccessShare">From 0 to 1; null when nothing was executed.</param>
/// <param name="ByStatus">Executions by the word of usage_logs.status; statuses that did not occur are absent.</param>
public sealed record UsageSummary(
    DateTimeOffset From,
    DateTimeOffset To,
    long Executions,
    double? SuccessShare,
    IReadOnlyDictionary<string, long> ByStatus,
    DurationPercentiles? DurationMs,
    long InputBytes,
    long OutputBytes,
    double GuestSeconds);

/// <summary>Wall time of guests in milliseconds, by nearest rank: each is a duration that really occurred.</summary>
public sealed record DurationPercentiles(double P50, double P90, double P99, double Max);
