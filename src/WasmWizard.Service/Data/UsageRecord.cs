namespace WasmWizard.Service.Data;

/// <summary>One row of usage_logs. No input, no output: only their sizes.</summary>
public sealed record UsageRecord(
    DateTimeOffset At,
    string UserId,
    string? KeyId,
    string Tier,
    string ModuleSha256,
    string Status,
    int? ExitCode,
    TimeSpan Duration,
    long? FuelUsed,
    long MemoryPeakBytes,
    int InputBytes,
    int OutputBytes);
