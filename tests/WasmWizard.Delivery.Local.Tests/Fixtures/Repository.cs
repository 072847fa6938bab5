using System.Reflection;

namespace WasmWizard.Delivery.Local.Tests.Fixtures;

/// <summary>Where the build put the programs that these tests start.</summary>
internal static class Repository
{
    private static readonly Dictionary<string, string?> Facts = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .ToDictionary(fact => fact.Key, fact => fact.Value);

    public static string Root => Facts["Repository"]!;

    public static string FrontBinaries => Output("src/WasmWizard.Delivery.Local.Front");

    public static string Driver => Path.Combine(Output("tests/WasmWizard.Delivery.Local.Tests.Driver"), "WasmWizard.Delivery.Local.Tests.Driver.dll");

    /// <summary>The host that runs these tests.</summary>
    public static string Dotnet { get; } = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet"
        ? path
        : Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));

    private static string Output(string project) => Path.Combine(Root, project, "bin", Facts["Configuration"]!, "net10.0");
}
