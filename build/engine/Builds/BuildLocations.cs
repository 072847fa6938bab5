using WasmWizard.BuildEngine.IO;

namespace WasmWizard.BuildEngine;

/// <summary>Where a build's own program and project lie.</summary>
internal static class BuildLocations
{
    public static AbsolutePath AssemblyFile(BuildSession session) =>
        AbsolutePath.Create(Path.Combine(AppContext.BaseDirectory, $"{AssemblyName(session)}.dll"));

    public static AbsolutePath? ProjectFile(BuildSession session)
    {
        var name = $"{AssemblyName(session)}.csproj";
        for (var directory = AssemblyFile(session).Parent; directory is not null; directory = directory.Parent)
            if (File.Exists(directory / name))
                return directory / name;
        return null;
    }

    private static string AssemblyName(BuildSession session) =>
        (session.Build?.GetType().Assembly ?? System.Reflection.Assembly.GetEntryAssembly() ?? typeof(BuildLocations).Assembly).GetName().Name!;
}
