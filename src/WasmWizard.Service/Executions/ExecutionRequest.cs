using WasmWizard.Service.Metrics;
using WasmWizard.Service.Modules;

namespace WasmWizard.Service.Executions;

/// <summary>One module to run once.</summary>
/// <param name="Input">stdin.</param>
public sealed record ExecutionRequest(ModuleSource Module, ReadOnlyMemory<byte> Input, ExecutionLimits Limits)
{
    /// <summary>
    /// Who asks: a key's id, or the address of an anonymous caller. Callers take turns, and each has a share of the slots and of the
    /// queue. Empty for nobody in particular, which is one more caller without a share to stay in.
    /// </summary>
    public string Caller { get; init; } = "";

    /// <summary>The caller's tier, as the metrics name it.</summary>
    public string Tier { get; init; } = ServiceMetrics.AnonymousTier;
}
