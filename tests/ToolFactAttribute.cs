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
        Skip = WhyNot(tools);
    }

    public string[] Tools { get; }

    /// <summary>Null when all are there.</summary>
    internal static string? WhyNot(string[] tools) =>
        tools.FirstOrDefault(tool => !IsOnPath(tool)) is { } absent ? $"{absent} is not on the PATH" : null;

    private static bool IsOnPath(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, tool)) || File.Exists(Path.Combine(folder, tool + ".exe")));
}

/// <summary>As <see cref="ToolFactAttribute"/>, for several rows.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ToolTheoryAttribute : TheoryAttribute
{
    /// <param name="tools">As for <see cref="ToolFactAttribute"/>.</param>
    public ToolTheoryAttribute(params string[] tools)
    {
        Tools = tools;
        Skip = ToolFactAttribute.WhyNot(tools);
    }

    public string[] Tools { get; }
}
