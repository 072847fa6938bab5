using Wasmtime;
using WasmWizard.Service.Wasi;

namespace WasmWizard.Service.Executions;

/// <summary>The process-wide Wasmtime engine with what all guests share: configuration, imports, ticker.</summary>
internal sealed class GuestEngine : IDisposable
{
    /// <summary>Stack a guest may use before it traps; Wasmtime's own default of 512 KiB is small for recursive C programs.</summary>
    public const int GuestStackBytes = 1024 * 1024;

    /// <summary>Stack of a thread that runs guests: the guest's, plus generous room for the host calls made on top of it and for the compiler.</summary>
    public const int ThreadStackBytes = 8 * 1024 * 1024;

    /// <summary>Kept mapped between two guests of a slot and cleared by hand: the few pages of a small C program cost less so than by the kernel.</summary>
    private const int ResidentMemoryBytes = 256 * 1024;

    private const int ResidentTableBytes = 4 * 1024;

    /// <summary>The engine's own record of an instance: it grows with functions and globals. The engine's default of 1 MiB refuses large programs.</summary>
    private const int InstanceRecordBytes = 16 * 1024 * 1024;

    /// <param name="slots">Guests that run at once: for each one the address space of a memory and tables is reserved now.</param>
    /// <param name="maxMemoryBytes">The most that any guest's memory may grow to.</param>
    /// <param name="meterFuel">Whether compiled code counts fuel.</param>
    public GuestEngine(int slots, long maxMemoryBytes, bool meterFuel)
    {
        MetersFuel = meterFuel;
        NativeLog.Silence();
        using var slotsOfEngine = new PoolingAllocationConfig()
            .WithMaxCoreInstances((uint)slots)
            .WithMaxMemories((uint)slots)
            .WithMaxTables((uint)(slots * ExecutionLimits.Tables))
            .WithMaxMemoriesPerModule(1)
            .WithMaxTablesPerModule(ExecutionLimits.Tables)
            .WithMaxTableElements(ExecutionLimits.TableElements)
            .WithMaxMemorySize((nuint)maxMemoryBytes)
            .WithMaxCoreInstanceSize(InstanceRecordBytes)
            .WithMaxUnusedWarmSlots((uint)slots)
            .WithLinearMemoryKeepResidentBytes(ResidentMemoryBytes)
            .WithTableKeepResidentBytes(ResidentTableBytes);
        // Only what command modules of today's toolchains use. Whatever could hold memory beyond the one counted linear memory
        // (GC heaps, exceptions, threads, several memories) is off.
        var config = new Config()
            .WithEpochInterruption(true)
            .WithFuelConsumption(meterFuel)
            .WithMaximumStackSize(GuestStackBytes)
            .WithOptimizationLevel(OptimizationLevel.Speed)
            .WithParallelCompilation(false)
            .WithMemoryInitCopyOnWrite(true)
            .WithPoolingAllocationStrategy(slotsOfEngine)
            .WithSIMD(true)
            .WithRelaxedSIMD(true, true)
            .WithBulkMemory(true)
            .WithMultiValue(true)
            .WithReferenceTypes(true)
            .WithTailCalls(true)
            .WithFunctionReferences(false)
            .WithGc(false)
            .WithExceptions(false)
            .WithWasmThreads(false)
            .WithMultiMemory(false)
            .WithMemory64(false)
            .WithComponentModel(false);
        Engine = new Engine(config);
        Linker = new Linker(Engine);
        Imports = new WasiImports(Linker);
        Ticker = new EpochTicker(Engine);
    }

    public Engine Engine { get; }

    public Linker Linker { get; }

    public WasiImports Imports { get; }

    public EpochTicker Ticker { get; }

    public ProcessorShare Processors { get; } = new(Environment.ProcessorCount);

    public bool MetersFuel { get; }

    public void Dispose()
    {
        Ticker.Dispose();
        Linker.Dispose();
        Engine.Dispose();
    }
}
