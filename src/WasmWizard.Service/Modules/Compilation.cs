namespace WasmWizard.Service.Modules;

/// <summary>The answer of compiling: a module to run, or why there is none.</summary>
internal abstract record Compilation
{
    private Compilation()
    {
    }

    public sealed record Ready(CompiledModule Module, ModuleOrigin Origin) : Compilation;

    public sealed record Refused(ModuleRefusal Refusal) : Compilation;

    /// <summary>Valid WebAssembly, but it declares more memory or tables than any execution may have.</summary>
    public sealed record TooLarge : Compilation;

    /// <summary>Nothing compiled is at hand, and the bytes to compile are not either.</summary>
    public sealed record Absent : Compilation;
}

/// <summary>Where a compiled module came from; the metrics' words are hit, disk and miss.</summary>
internal enum ModuleOrigin
{
    Memory,
    Disk,
    Compiler,
}
