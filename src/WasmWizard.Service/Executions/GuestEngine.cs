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

    public GuestEngine(bool meterFuel)
    {
        MetersFuel = meterFuel;
        NativeLog.Silence();
        // Only what command modules of today's toolchains use. Whatever could hold memory beyond the one counted linear memory
        // (GC heaps, exceptions, threads, several memories) is off.
        var config = new Config()
            .WithEpochInterruption(true)
            .WithFuelConsumption(meterFuel)
            .WithMaximumStackSize(GuestStackBytes)
            .WithOptimizationLevel(OptimizationLevel.Speed)
            .WithParallelCompilation(false)
            .WithMemoryInitCopyOnWrite(true)
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

    public bool MetersFuel { get; }

    public void Dispose()
    {
        Ticker.Dispose();
        Linker.Dispose();
        Engine.Dispose();
    }
}
