namespace WasmWizard.Service.Executions;

/// <summary>What a finished execution left behind.</summary>
/// <param name="Output">stdout so far, at most <see cref="ExecutionLimits.OutputBytes"/>.</param>
/// <param name="Duration">Wall time of instantiation and <c>_start</c>.</param>
/// <param name="FuelUsed">Null when fuel is not metered.</param>
/// <param name="MemoryPeakBytes">Size of the exported memory at the end: a linear memory never shrinks. 0 when none is exported.</param>
public sealed record ExecutionResult(
    GuestOutcome Outcome,
    ReadOnlyMemory<byte> Output,
    ReadOnlyMemory<byte> ErrorOutput,
    TimeSpan Duration,
    long? FuelUsed,
    long MemoryPeakBytes);
