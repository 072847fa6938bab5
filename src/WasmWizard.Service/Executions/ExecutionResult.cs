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
    long MemoryPeakBytes)
{
    /// <summary>Length of <see cref="Output"/>, known also when it was given back.</summary>
    public int OutputBytes { get; private init; } = Output.Length;

    /// <summary>The memory behind the streams, where it is rented.</summary>
    internal IDisposable? Rented { get; init; }

    /// <summary>What is left to know when the streams are written elsewhere: their memory goes to the next guest.</summary>
    internal ExecutionResult GiveBack()
    {
        Rented?.Dispose();
        return this with { Output = default, ErrorOutput = default, Rented = null };
    }
}
