using WasmWizard.Delivery.SupplyChain.Tools;

namespace WasmWizard.Delivery.SupplyChain.Tests;

/// <summary>Validators that are published as npm packages; installed once into the machine's temporary folder, outside of the repository.</summary>
internal static class NpmTools
{
    /// <param name="name">Of the folder that keeps them.</param>
    /// <param name="packages">With exact versions.</param>
    /// <returns>The folder that holds <c>node_modules</c>.</returns>
    public static async Task<string> InstallAsync(string name, params string[] packages)
    {
        var kept = Path.Combine(Path.GetTempPath(), "wasm-wizard-npm", name);
        if (Directory.Exists(kept))
            return kept;
        var half = Directory.CreateDirectory($"{kept}.{Guid.NewGuid():N}").FullName;
        await File.WriteAllTextAsync(Path.Combine(half, "package.json"), """{"private":true}""");
        var output = await Tool.Find("npm")!.RunAsync(["install", "--no-audit", "--no-fund", "--no-save", .. packages], half);
        Assert.True(output.ExitCode == 0, output.Errors);
        try
        {
            Directory.Move(half, kept);
        }
        catch (IOException) when (Directory.Exists(kept))
        {
            Directory.Delete(half, recursive: true);
        }
        return kept;
    }
}
