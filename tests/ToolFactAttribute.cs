namespace WasmWizard.Tests;

/// <summary>
/// A test that needs commands of the machine. Where one is absent it is reported as skipped with the name, which master does not accept.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ToolFactAttribute : FactAttribute
{
    /// <param name="tools">Names as they are typed; each must be on the PATH.</param>
    public ToolFactAttribute(params string[] tools)
    {
        Tools = tools;
        if (tools.FirstOrDefault(tool => !IsOnPath(tool)) is { } absent)
            Skip = $"{absent} is not on the PATH";
    }

    public string[] Tools { get; }

    private static bool IsOnPath(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, tool)) || File.Exists(Path.Combine(folder, tool + ".exe")));
}
