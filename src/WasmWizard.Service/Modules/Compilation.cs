namespace WasmWizard.Service.Modules;

/// <summary>The answer of compiling: a module to run, or why there is none.</summary>
internal abstract record Compilation
{
    private Compilation()
    {
    }

    /// <param name="Cached">Whether it came from the cache.</param>
    public sealed record Ready(CompiledModule Module, bool Cached) : Compilation;

    public sealed record Refused(ModuleRefusal Refusal) : Compilation;
}
