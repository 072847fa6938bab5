using WasmWizard.Service.Modules;

namespace WasmWizard.Service.Executions;

/// <summary>One module to run once.</summary>
/// <param name="Module">The bytes as sent: a binary or text.</param>
/// <param name="Input">stdin.</param>
public sealed record ExecutionRequest(ModuleHash Hash, ReadOnlyMemory<byte> Module, ReadOnlyMemory<byte> Input, ExecutionLimits Limits);
