using Wasmtime;
using WasmWizard.Service.Modules;
using WasmWizard.Service.Wasi;

namespace WasmWizard.Service.Executions;

/// <summary>Runs one compiled module to its end on the calling thread, which needs <see cref="GuestEngine.ThreadStackBytes"/> of stack.</summary>
internal sealed class Sandbox(GuestEngine engine)
{
    private static readonly Store.EpochDeadlineCallback OnTick = static store =>
    {
        ((GuestProcess)store.GetData()!).OnTick();
        return 1;
    };

    /// <param name="turn">Its part in who computes when there is not enough for all.</param>
    /// <param name="abandoned">Ends the guest early; the outcome is then <see cref="GuestOutcome.Abandoned"/>.</param>
    public ExecutionResult Run(CompiledModule module, ReadOnlyMemory<byte> input, ExecutionLimits limits, ProcessorTurn turn, Abandonment abandoned)
    {
        var guest = new GuestProcess(input, limits, turn, abandoned);
        using var store = new Store(engine.Engine, guest);
        store.SetLimits(limits.MemoryBytes, ExecutionLimits.TableElements, instances: 1, ExecutionLimits.Tables, memories: 1);
        store.SetEpochDeadline(1);
        store.SetEpochDeadlineCallback(OnTick);
        if (engine.MetersFuel)
            store.Fuel = (ulong)limits.Fuel;

        engine.Ticker.Enter();
        try
        {
            return Run(module, store, guest, limits);
        }
        finally
        {
            engine.Ticker.Leave();
        }
    }

    private ExecutionResult Run(CompiledModule module, Store store, GuestProcess guest, ExecutionLimits limits)
    {
        Instance? instance = null;
        GuestOutcome outcome;
        try
        {
            instance = engine.Linker.Instantiate(store, module.Module);
            instance.GetAction("_start")!();
            outcome = new GuestOutcome.Completed();
        }
        catch (WasmtimeException exception)
        {
            outcome = Ending(exception, guest, limits, instantiated: instance is not null);
        }

        var memory = guest.Memory ?? instance?.GetMemory("memory");
        var peak = memory?.GetLength() ?? 0;
        return new ExecutionResult(
            Outcomes.WithMemoryInMind(outcome, peak, CannotGrow(memory, outcome), limits),
            guest.Output.Written,
            guest.ErrorOutput.Written,
            guest.Elapsed,
            engine.MetersFuel ? limits.Fuel - (long)store.Fuel : null,
            peak)
        {
            Rented = guest,
        };
    }

    private static GuestOutcome Ending(WasmtimeException exception, GuestProcess guest, ExecutionLimits limits, bool instantiated) => guest.StopReason switch
    {
        StopReason.Exit => guest.ExitCode == 0 ? new GuestOutcome.Completed() : new GuestOutcome.Exited(guest.ExitCode),
        StopReason.Deadline => new GuestOutcome.TimedOut(limits.WallTime),
        StopReason.Output => new GuestOutcome.TooMuchOutput(guest.Overflowed!.Name, guest.Overflowed.LimitBytes),
        StopReason.Abandoned => new GuestOutcome.Abandoned(),
        _ => exception switch
        {
            TrapException { Type: TrapCode.OutOfFuel } => new GuestOutcome.OutOfFuel(limits.Fuel),
            TrapException trap => new GuestOutcome.Trapped(Traps.Describe(trap)),
            // Imports and exports were checked when the module was compiled: what is left to fail before the
            // first instruction are the limits on memory and tables.
            _ when !instantiated => new GuestOutcome.OutOfMemory(limits.MemoryBytes, null),
            _ => new GuestOutcome.Trapped(exception.Message),
        },
    };

    /// <summary>Asks for one page more, only after a failure: a refusal says that the guest had reached a ceiling.</summary>
    private static bool CannotGrow(Memory? memory, GuestOutcome outcome)
    {
        if (memory is null || outcome is not (GuestOutcome.Trapped or GuestOutcome.Exited))
            return false;
        try
        {
            memory.Grow(1);
            return false;
        }
        catch (WasmtimeException)
        {
            return true;
        }
    }
}
