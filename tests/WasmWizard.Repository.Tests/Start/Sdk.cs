namespace WasmWizard.Repository.Tests.Start;

/// <summary>The .NET host that runs these tests.</summary>
internal static class Sdk
{
    public static string Host { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Append(Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "")
            .Append(Repository.At(".dotnet"))
            .Select(folder => Path.Combine(folder, "dotnet"))
            .First(File.Exists);
}
