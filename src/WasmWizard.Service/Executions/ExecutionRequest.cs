using System.Buffers;
using WasmWizard.Service.Modules;

namespace WasmWizard.Service.Executions;

/// <summary>One module to run once.</summary>
/// <param name="Module">The bytes as sent: a binary or text. Null: only run it when its machine code is at hand, else answer Absent.</param>
/// <param name="Input">stdin.</param>
/// <param name="Caller">Who shares slots and queue with whom.</param>
/// <param name="Tier">Label of the executions' metric.</param>
public sealed record ExecutionRequest(
    ModuleHash Hash, ReadOnlySequence<byte>? Module, ReadOnlyMemory<byte> Input, ExecutionLimits Limits, string Caller, string Tier)
{
    /// <summary>
    /// Writes the answer while the caller's slot is still taken: a megabyte of output costs more to write down than it cost the guest,
    /// and that is the caller's own time. Null: the answer is the result itself. Otherwise the result comes without its streams.
    /// </summary>
    public Func<ExecutionResult, PooledBytes>? Render { get; init; }
}
