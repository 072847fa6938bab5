using Microsoft.VisualStudio.SolutionPersistence;
using Microsoft.VisualStudio.SolutionPersistence.Model;
using Microsoft.VisualStudio.SolutionPersistence.Serializer;
using WasmWizard.BuildEngine.IO;

namespace WasmWizard.BuildEngine.ProjectModel;

/// <summary>A solution file, classic or XML. Read once, without MSBuild.</summary>
public class Solution : IAbsolutePathHolder
{
    private readonly SolutionModel _model;
    private readonly ISolutionSerializer _serializer;
    private readonly List<Project> _projects;
    private readonly List<SolutionFolder> _folders;

    internal Solution(AbsolutePath path, SolutionModel model, ISolutionSerializer serializer)
    {
        (Path, _model, _serializer) = (path, model, serializer);
        _folders = [.. model.SolutionFolders.Select(folder => new SolutionFolder(this, folder))];
        _projects = [.. model.SolutionProjects.Select(project => new Project(this, project))];
    }

    /// <summary>For generated solutions with a member per project: the same solution under another type.</summary>
    protected Solution(Solution solution)
    {
        ArgumentNullException.ThrowIfNull(solution);
        (Path, _model, _serializer, _folders, _projects) = (solution.Path, solution._model, solution._serializer, solution._folders, solution._projects);
    }

    /// <summary>The file.</summary>
    public AbsolutePath Path { get; }

    /// <summary>The file's name without its extension.</summary>
    public string Name => Path.NameWithoutExtension;

    /// <summary>The file's name.</summary>
    public string FileName => Path.Name;

    /// <summary>The file's folder.</summary>
    public AbsolutePath Directory => Path.Parent!;

    /// <summary>Projects outside of solution folders.</summary>
    public IReadOnlyCollection<Project> Projects => [.. _projects.Where(project => project.Parent is null)];

    /// <summary>All projects, in the file's order.</summary>
    public IReadOnlyCollection<Project> AllProjects => _projects;

    /// <summary>Solution folders at the top.</summary>
    public IReadOnlyCollection<SolutionFolder> SolutionFolders => [.. _folders.Where(folder => folder.Parent is null)];

    /// <summary>All solution folders.</summary>
    public IReadOnlyCollection<SolutionFolder> AllSolutionFolders => _folders;

    /// <summary>The file's path.</summary>
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(solution))]
    public static implicit operator string?(Solution? solution) => solution?.Path;

    /// <summary>The file's path.</summary>
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(solution))]
    public static implicit operator AbsolutePath?(Solution? solution) => solution?.Path;

    /// <summary>The project of that name; null without one.</summary>
    public Project? GetProject(string nameOrFullPath) =>
        _projects.FirstOrDefault(project => project.Name.Equals(nameOrFullPath, StringComparison.OrdinalIgnoreCase) || project.Path.ToString() == nameOrFullPath);

    /// <summary>Projects whose names match, with <c>*</c> for anything.</summary>
    public IEnumerable<Project> GetAllProjects(string wildcardPattern) =>
        _projects.Where(project => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(wildcardPattern, project.Name));

    /// <summary>The solution folder of that name; null without one.</summary>
    public SolutionFolder? GetSolutionFolder(string name) => _folders.FirstOrDefault(folder => folder.Name == name);

    /// <summary>Writes the file.</summary>
    public void Save() => _serializer.SaveAsync(Path, _model, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override string ToString() => Path;

    internal SolutionFolder? FolderOf(SolutionFolderModel? model) => model is null ? null : _folders.FirstOrDefault(folder => folder.Model == model);
}

/// <summary>A folder that exists in a solution only.</summary>
public class SolutionFolder
{
    private readonly Solution _solution;

    /// <summary>For generated folders with a member per project.</summary>
    protected SolutionFolder(SolutionFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        (_solution, Model) = (folder._solution, folder.Model);
    }

    internal SolutionFolder(Solution solution, SolutionFolderModel model) => (_solution, Model) = (solution, model);

    /// <summary>Its name.</summary>
    public string Name => Model.ActualDisplayName;

    /// <summary>The folder it is in; null at the top.</summary>
    public SolutionFolder? Parent => _solution.FolderOf(Model.Parent);

    /// <summary>The projects in it.</summary>
    public IReadOnlyCollection<Project> Projects => [.. _solution.AllProjects.Where(project => project.Parent?.Model == Model)];

    /// <summary>The folders in it.</summary>
    public IReadOnlyCollection<SolutionFolder> SolutionFolders => [.. _solution.AllSolutionFolders.Where(folder => folder.Parent?.Model == Model)];

    /// <summary>The project in it of that name; null without one.</summary>
    public Project? GetProject(string name) => Projects.FirstOrDefault(project => project.Name == name);

    /// <summary>The folder in it of that name; null without one.</summary>
    public SolutionFolder? GetSolutionFolder(string name) => SolutionFolders.FirstOrDefault(folder => folder.Name == name);

    internal SolutionFolderModel Model { get; }
}

/// <summary>Reads solutions.</summary>
public static class SolutionModelExtensions
{
    /// <summary>Reads a solution file of either format.</summary>
    /// <exception cref="UsageException">There is none, or it is no solution.</exception>
    public static Solution ReadSolution(this AbsolutePath path)
    {
        if (!File.Exists(path))
            throw new UsageException($"There is no solution {path}.");
        var serializer = SolutionSerializers.GetSerializerByMoniker(path)
            ?? throw new UsageException($"{path} is neither .sln nor .slnx.");
        try
        {
            return new Solution(path, serializer.OpenAsync(path, CancellationToken.None).GetAwaiter().GetResult(), serializer);
        }
        catch (Exception exception) when (exception is SolutionException or System.Xml.XmlException)
        {
            throw new UsageException($"{path} cannot be read as a solution: {exception.Message}");
        }
    }
}
