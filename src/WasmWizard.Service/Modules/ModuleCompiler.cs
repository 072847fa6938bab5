using System.Text;
using Wasmtime;
using WasmWizard.Service.Executions;
using WasmWizard.Service.Wasi;

namespace WasmWizard.Service.Modules;

/// <summary>Turns bytes or text into machine code, or says why not. Runs on the caller's thread, one core for each compilation.</summary>
internal sealed class ModuleCompiler(GuestEngine engine)
{
    /// <summary>More names than this say nothing more to a person.</summary>
    private const int NamesShown = 10;

    private const int DetailShown = 500;

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

        Module module;
        try
        {
            module = ModuleFormats.Detect(bytes) == ModuleFormat.Text
                ? Module.FromText(engine.Engine, "module", Encoding.UTF8.GetString(ModuleFormats.WithoutByteOrderMark(bytes)))
                : Module.FromBytes(engine.Engine, "module", bytes);
        }
        catch (WasmtimeException exception)
        {
            return Refuse(new ModuleRefusal.Invalid(Shortened(exception.Message)));
        }

        if (Check(module) is { } refusal)
        {
            module.Dispose();
            return Refuse(refusal);
        }

        return new Compilation.Ready(new CompiledModule(hash, module, module.Serialize().Length), Cached: false);
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
