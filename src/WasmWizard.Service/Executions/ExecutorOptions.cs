namespace WasmWizard.Service.Executions;

/// <summary>How much runs, waits and is kept.</summary>
/// <param name="MaxConcurrent">Slots: guests that run at once.</param>
/// <param name="MaxConcurrentOfOne">Slots of one caller, also when others are free.</param>
/// <param name="MaxQueue">Executions that may wait for a slot.</param>
/// <param name="MaxMemoryBytes">Ceiling of any guest's memory; address space for it is reserved once for each slot.</param>
/// <param name="MeterFuel">Whether compiled code counts fuel, which costs speed.</param>
/// <param name="ArtifactFolder">Where compiled modules outlive the process; null keeps them in memory only.</param>
public sealed record ExecutorOptions(int MaxConcurrent, int MaxConcurrentOfOne, int MaxQueue, long MaxMemoryBytes, bool MeterFuel, string? ArtifactFolder)
{
    /// <summary>Compiled modules in memory: at most 1,024 of them or 512 MiB of machine code, whichever is reached first.</summary>
    public int CachedModules { get; init; } = 1024;

    public long CachedBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>Compiled modules on disk: at most 1 GiB.</summary>
    public long ArtifactBytes { get; init; } = 1024L * 1024 * 1024;
}
