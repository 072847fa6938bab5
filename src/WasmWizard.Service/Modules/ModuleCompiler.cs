using System.Text;
using Wasmtime;
using WasmWizard.Service.Executions;
using WasmWizard.Service.Wasi;

namespace WasmWizard.Service.Modules;

/// <summary>Turns bytes or text into machine code, or says why not. Runs on the caller's thread, one core for each compilation.</summary>
/// <param name="artifacts">Where machine code is kept and looked for; null when it does not outlive the process.</param>
internal sealed class ModuleCompiler(GuestEngine engine, ArtifactStore? artifacts = null)
{
    /// <summary>More names than this say nothing more to a person.</summary>
    private const int NamesShown = 10;

    private const int DetailShown = 500;

    private const string ModuleName = "module";

    public Compilation Compile(ModuleHash hash, ReadOnlySpan<byte> bytes)
    {
        switch (ModuleFormats.Detect(bytes))
        {
            case ModuleFormat.Unknown:
                return Refuse(new ModuleRefusal.NotWasm());
            case ModuleFormat.OtherVersion:
                return Refuse(new ModuleRefusal.WrongVersion(ModuleFormats.VersionOf(bytes)));
            case ModuleFormat.Component:
                return Refuse(new ModuleRefusal.IsComponent());
        }

        ReadOnlySpan<byte> binary = [];
        try
        {
            binary = ModuleFormats.Detect(bytes) == ModuleFormat.Text
                ? Module.ConvertText(Encoding.UTF8.GetString(ModuleFormats.WithoutByteOrderMark(bytes)))
                : bytes;
            return Checked(hash, Module.FromBytes(engine.Engine, ModuleName, binary));
        }
        catch (WasmtimeException exception)
        {
            // What is valid and still not taken asks for more than the engine's slots have room for.
            return !binary.IsEmpty && Module.Validate(engine.Engine, binary) is null
                ? new Compilation.TooLarge()
                : Refuse(new ModuleRefusal.Invalid(Shortened(exception.Message)));
        }
    }

    /// <summary>Machine code that was kept before; Absent when there is none that may be trusted, or the engine does not take it.</summary>
    public Compilation Load(ModuleHash hash)
    {
        if (artifacts?.Find(hash) is not { } artifact)
            return new Compilation.Absent();
        try
        {
            var module = Module.Deserialize(engine.Engine, ModuleName, artifact.Span);
            return new Compilation.Ready(new CompiledModule(hash, module, artifact.Length), ModuleOrigin.Disk);
        }
        catch (WasmtimeException)
        {
            artifacts.Reject(hash, ArtifactFault.Foreign);
            return new Compilation.Absent();
        }
    }

    private Compilation Checked(ModuleHash hash, Module module)
    {
        if (Check(module) is { } refusal)
        {
            module.Dispose();
            return Refuse(refusal);
        }

        var artifact = module.Serialize();
        artifacts?.Keep(hash, artifact);
        return new Compilation.Ready(new CompiledModule(hash, module, artifact.Length), ModuleOrigin.Compiler);
    }

    private ModuleRefusal? Check(Module module)
    {
        var unknown = module.Imports.Where(i => !IsKnown(i)).Select(Describe).Take(NamesShown + 1).ToArray();
        if (unknown.Length > 0)
            return new ModuleRefusal.UnknownImports(unknown.Length > NamesShown ? [.. unknown[..NamesShown], "and more"] : unknown);
        var functions = module.Exports.OfType<FunctionExport>().ToArray();
        if (functions.Any(f => f is { Name: "_start", Parameters.Count: 0, Results.Count: 0 }))
            return null;
        return new ModuleRefusal.NoStart(Reactor: functions.Any(f => f.Name == "_initialize"));
    }

    private bool IsKnown(Import import) =>
        import is FunctionImport { ModuleName: WasiImports.ModuleName } function
        && engine.Imports.Signatures.TryGetValue(import.Name, out var signature)
        && signature == Signature(function);

    private static string Describe(Import import) => import is FunctionImport function
        ? $"{import.ModuleName}.{import.Name} ({Signature(function)})"
        : $"{import.ModuleName}.{import.Name}";

    private static string Signature(FunctionImport function) => $"{Letters(function.Parameters)}:{Letters(function.Results)}";

    private static string Letters(IEnumerable<ValueKind> kinds) => string.Concat(kinds.Select(k => k switch
    {
        ValueKind.Int32 => 'i',
        ValueKind.Int64 => 'I',
        ValueKind.Float32 => 'f',
        ValueKind.Float64 => 'F',
        _ => '?',
    }));

    private static string Shortened(string message) =>
        message.Length <= DetailShown ? message : message[..DetailShown] + "...";

    private static Compilation.Refused Refuse(ModuleRefusal refusal) => new(refusal);
}
