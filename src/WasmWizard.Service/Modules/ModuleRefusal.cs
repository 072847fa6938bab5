namespace WasmWizard.Service.Modules;

/// <summary>Why bytes are not a module that this service runs. Each has one id and one sentence for the sender.</summary>
public abstract record ModuleRefusal(string Id, string Message)
{
    public sealed record NotWasm()
        : ModuleRefusal("WW5101", "The file is not WebAssembly: it starts neither with the bytes 00 61 73 6d nor with the text of a module, \"(module\".");

    public sealed record WrongVersion(uint Version)
        : ModuleRefusal("WW5102", $"The file says WebAssembly binary version {Version}; version 1 is required.");

    public sealed record IsComponent()
        : ModuleRefusal("WW5103", "The file is a WebAssembly component; a core module for WASI preview 1 is required (targets wasm32-wasi, wasm32-wasip1).");

    public sealed record NoStart(bool Reactor)
        : ModuleRefusal("WW5104", Reactor
            ? "The module exports \"_initialize\" but no \"_start\": it is a library; a command with a main function is required."
            : "The module exports no function \"_start\" without parameters and results; a WASI command exports one.");

    public sealed record UnknownImports(IReadOnlyList<string> Names)
        : ModuleRefusal("WW5105", $"The module imports what WASI preview 1 does not have: {string.Join(", ", Names)}.");

    public sealed record Invalid(string Detail)
        : ModuleRefusal("WW5106", $"The module does not validate: {Detail}");
}
