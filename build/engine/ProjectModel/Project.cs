using System.Text.Json;
using WasmWizard.BuildEngine.IO;
using WasmWizard.BuildEngine.Tooling;
using WasmWizard.BuildEngine.Tools.DotNet;

namespace WasmWizard.BuildEngine.ProjectModel;

/// <summary>A project of a solution. Properties and items are asked of MSBuild in a process of its own, when they are asked for.</summary>
public sealed class Project : IAbsolutePathHolder
{
    private readonly SolutionProjectModel _model;

    internal Project(Solution solution, SolutionProjectModel model) => (Solution, _model) = (solution, model);

    /// <summary>The solution.</summary>
    public Solution Solution { get; }

    /// <summary>The project's name.</summary>
    public string Name => _model.ActualDisplayName;

    /// <summary>The file.</summary>
    public AbsolutePath Path => Solution.Directory / _model.FilePath.Replace('\\', '/');

    /// <summary>The file's folder.</summary>
    public AbsolutePath Directory => Path.Parent!;

    /// <summary>From the solution to the file, with slashes.</summary>
    public string RelativePath => Solution.Directory.GetUnixRelativePathTo(Path);

    /// <summary>The solution folder it is in; null at the top.</summary>
    public SolutionFolder? Parent => Solution.FolderOf(_model.Parent);

    /// <summary>The file's path.</summary>
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(project))]
    public static implicit operator string?(Project? project) => project?.Path;

    /// <summary>The file's path.</summary>
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(project))]
    public static implicit operator AbsolutePath?(Project? project) => project?.Path;

    /// <inheritdoc/>
    public override string ToString() => Path;
}

/// <summary>What MSBuild knows of a project.</summary>
public static class ProjectExtensions
{
    /// <summary>The value of a property; null when it is not set.</summary>
    public static string? GetProperty(this Project project, string propertyName) =>
        Evaluate(project, $"-getProperty:{propertyName}").Trim() is { Length: > 0 } value ? value : null;

    /// <summary>The value of a property as another type.</summary>
    public static T? GetProperty<T>(this Project project, string propertyName) =>
        project.GetProperty(propertyName) is { } text ? (T)ValueConverter.FromWords([text], typeof(T), project.Directory) : default;

    /// <summary>The values of an item group.</summary>
    public static IEnumerable<string> GetItems(this Project project, string itemGroupName)
    {
        using var document = JsonDocument.Parse(Evaluate(project, $"-getItem:{itemGroupName}"));
        return [.. document.RootElement.GetProperty("Items").GetProperty(itemGroupName).EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!)];
    }

    /// <summary>The frameworks it is built for.</summary>
    public static IReadOnlyCollection<string> GetTargetFrameworks(this Project project)
    {
        using var document = JsonDocument.Parse(Evaluate(project, "-getProperty:TargetFramework,TargetFrameworks"));
        var properties = document.RootElement.GetProperty("Properties");
        var many = properties.GetProperty("TargetFrameworks").GetString();
        var text = string.IsNullOrEmpty(many) ? properties.GetProperty("TargetFramework").GetString() : many;
        return (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>Exe, Library and so on.</summary>
    public static string? GetOutputType(this Project project) => project.GetProperty("OutputType");

    /// <summary>Whether it references a package directly.</summary>
    public static bool HasPackageReference(this Project project, string packageId) =>
        project.GetItems("PackageReference").Contains(packageId, StringComparer.OrdinalIgnoreCase);

    private static string Evaluate(Project project, string question) =>
        DotNetTasks.DotNetMSBuild(options => options
                .SetProject(project)
                .AddProcessAdditionalArguments(question)
                .DisableProcessOutputLogging()
                .DisableProcessInvocationLogging())
            .StdToText();
}
