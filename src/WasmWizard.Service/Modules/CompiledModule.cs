using Wasmtime;

namespace WasmWizard.Service.Modules;

/// <summary>
/// Machine code of a module that passed every check, shared by all its executions. Counted: the native memory goes back when the
/// cache has let go and the last execution has ended.
/// </summary>
internal sealed class CompiledModule(ModuleHash hash, Module module, long codeBytes) : IDisposable
{
    private int _holders = 1;

    public ModuleHash Hash => hash;

    public Module Module => module;

    /// <summary>Size of the compiled artifact, the weight in the cache.</summary>
    public long CodeBytes => codeBytes;

    public Pace Pace { get; } = new();

    /// <summary>Takes a hold; false when the last one is gone already.</summary>
    public bool TryHold()
    {
        for (var seen = Volatile.Read(ref _holders); seen > 0; seen = Volatile.Read(ref _holders))
        {
            if (Interlocked.CompareExchange(ref _holders, seen + 1, seen) == seen)
                return true;
        }

        return false;
    }

    /// <summary>Gives one hold back.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
            module.Dispose();
    }
}
