using WasmWizard.Service.Modules;

namespace WasmWizard.Service.Executions;

/// <summary>One module to run once.</summary>
/// <param name="Module">The bytes as sent: a binary or text. Null: only run it when its machine code is at hand, else answer Absent.</param>
/// <param name="Input">stdin.</param>
/// <param name="Caller">Who shares slots and queue with whom.</param>
/// <param name="Tier">Label of the executions' metric.</param>
public sealed record ExecutionRequest(
    ModuleHash Hash, ReadOnlyMemory<byte>? Module, ReadOnlyMemory<byte> Input, ExecutionLimits Limits, string Caller, string Tier);
