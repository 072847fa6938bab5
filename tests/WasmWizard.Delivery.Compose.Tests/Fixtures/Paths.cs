using System.Reflection;

namespace WasmWizard.Delivery.Compose.Tests.Fixtures;

/// <summary>Where the build put things.</summary>
internal static class Paths
{
    private static readonly Dictionary<string, string?> Facts = typeof(Paths).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .ToDictionary(fact => fact.Key, fact => fact.Value);

    public static string Root => Facts["Repository"]!;

    public static string Service => Output("src/WasmWizard.Service");

    public static string Driver => Path.Combine(Output("tests/WasmWizard.Delivery.Compose.Tests.Driver"), "WasmWizard.Delivery.Compose.Tests.Driver.dll");

    /// <summary>The folder of the runtime that runs these tests.</summary>
    public static string DotnetRoot { get; } = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));

    private static string Output(string project) => Path.Combine(Root, project, "bin", Facts["Configuration"]!, "net10.0");
}
