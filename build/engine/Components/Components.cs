using WasmWizard.BuildEngine.Git;
using WasmWizard.BuildEngine.IO;
using WasmWizard.BuildEngine.ProjectModel;
using WasmWizard.BuildEngine.Tooling;
using WasmWizard.BuildEngine.Tools.DotNet;

namespace WasmWizard.BuildEngine.Components;

/// <summary>A build with a solution.</summary>
public interface IHazSolution : INukeBuild
{
    /// <summary>The solution.</summary>
    [Solution, Required]
    Solution Solution => TryGetValue(() => Solution)!;
}

/// <summary>A build with a configuration.</summary>
public interface IHazConfiguration : INukeBuild
{
    /// <summary>Debug on a person's machine, Release on a server.</summary>
    [Parameter("What is built.")]
    Configuration Configuration => TryGetValue(() => Configuration) ?? (IsLocalBuild ? Configuration.Debug : Configuration.Release);
}

/// <summary>A build that knows its clone.</summary>
public interface IHazGitRepository : INukeBuild
{
    /// <summary>The clone.</summary>
    [GitRepository, Required]
    GitRepository GitRepository => TryGetValue(() => GitRepository)!;
}

/// <summary>A build that writes artifacts.</summary>
public interface IHazArtifacts : INukeBuild
{
    /// <summary><c>artifacts</c> below the root.</summary>
    AbsolutePath ArtifactsDirectory => RootDirectory / "artifacts";
}

/// <summary>Restores the solution.</summary>
public interface IRestore : IHazSolution
{
    /// <summary>Restores packages.</summary>
    Target Restore => _ => _
        .Description("Restore packages")
        .Executes(() => DotNetTasks.DotNetRestore(_ => _.SetProjectFile(Solution).Apply(RestoreSettings)));

    /// <summary>What a build adds.</summary>
    Configure<DotNetRestoreSettings> RestoreSettings => _ => _;
}

/// <summary>Compiles the solution.</summary>
public interface ICompile : IRestore, IHazConfiguration
{
    /// <summary>Builds the solution.</summary>
    Target Compile => _ => _
        .Description("Compile the solution")
        .DependsOn(Restore)
        .Executes(() => DotNetTasks.DotNetBuild(_ => _.SetProjectFile(Solution).SetConfiguration(Configuration).EnableNoRestore().Apply(CompileSettings)));

    /// <summary>What a build adds.</summary>
    Configure<DotNetBuildSettings> CompileSettings => _ => _;
}

/// <summary>Tests the solution.</summary>
public interface ITest : ICompile, IHazArtifacts
{
    /// <summary>Where results are written.</summary>
    AbsolutePath TestResultDirectory => ArtifactsDirectory / "test-results";

    /// <summary>Projects with tests.</summary>
    IEnumerable<Project> TestProjects => Solution.GetAllProjects("*.Tests");

    /// <summary>Runs the tests of each project.</summary>
    Target Test => _ => _
        .Description("Run the tests")
        .DependsOn(Compile)
        .Produces(TestResultDirectory / "*.trx")
        .Executes(() => DotNetTasks.DotNetTest(_ => _
            .SetConfiguration(Configuration)
            .EnableNoBuild()
            .SetResultsDirectory(TestResultDirectory)
            .Apply(TestSettings)
            .CombineWith(TestProjects, (settings, project) => settings.SetProjectFile(project).AddLoggers($"trx;LogFileName={project.Name}.trx")), completeOnFailure: true));

    /// <summary>What a build adds.</summary>
    Configure<DotNetTestSettings> TestSettings => _ => _;
}
