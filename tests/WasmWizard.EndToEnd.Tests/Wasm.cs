namespace WasmWizard.EndToEnd.Tests;

/// <summary>Modules as a user would make them: WAT by wabt, C by clang for wasm32-wasi.</summary>
internal static class Wasm
{
    private static string Source(string name) => Path.Combine(AppContext.BaseDirectory, "Modules", name);

    public static async Task<string> FromWat(FreshClone clone, string name)
    {
        var module = Path.Combine(clone.Folder, "artifacts", Path.ChangeExtension(name, ".wasm"));
        var ended = await clone.Run("wat2wasm", clone.Folder, Source(name), "-o", module);
        Assert.True(ended.ExitCode == 0, ended.ToString());
        return module;
    }

    public static async Task<string> FromC(FreshClone clone, string name)
    {
        var module = Path.Combine(clone.Folder, "artifacts", Path.ChangeExtension(name, ".wasm"));
        var ended = await clone.Run("clang", clone.Folder, "--target=wasm32-wasi", "-O2", Source(name), "-o", module);
        Assert.True(ended.ExitCode == 0, ended.ToString());
        return module;
    }
}
