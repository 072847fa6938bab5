namespace WasmWizard.Service.Executions;

/// <summary>What one execution may use. Enforced by the sandbox; none of it is advice to the guest.</summary>
/// <param name="WallTime">From the start of the guest's code to its end; waiting in the queue and compiling do not count.</param>
/// <param name="MemoryBytes">Ceiling of the one linear memory.</param>
/// <param name="OutputBytes">Ceiling of stdout and of stderr, each.</param>
/// <param name="Fuel">Wasmtime fuel units; 0 switches metering off.</param>
public sealed record ExecutionLimits(TimeSpan WallTime, long MemoryBytes, int OutputBytes, long Fuel)
{
    /// <summary>Elements of a table. 100,000 function pointers are several times what the largest known command modules declare.</summary>
    public const uint TableElements = 100_000;

    /// <summary>Tables of a module. Toolchains emit one; a second appears with reference types.</summary>
    public const int Tables = 4;
}
