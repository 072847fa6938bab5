namespace WasmWizard.Service.Data;

/// <summary>One row of usage_logs. No input, no output: only their sizes. A structure, as each execution makes one and it lives until it is written.</summary>
public readonly record struct UsageRecord(
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
