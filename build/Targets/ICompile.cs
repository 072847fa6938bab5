/// <summary>
/// From sources to assemblies. Whatever writes the obj folders, design-time builds included, holds the lock <c>obj</c>: two of them at once would
/// meet in the same files.
/// </summary>
public interface ICompile : IWorkspace
{
    Target Clean => _ => _
        .Description("Remove what builds left behind: artifacts, bin, obj")
        .Before<ICompile>(x => x.Restore)
        .Alone()
        .Executes(() =>
        {
            RootDirectory.GlobDirectories("src/*/bin", "src/*/obj", "tests/*/bin", "tests/*/obj").DeleteDirectories();
            Workspace.Artifacts.CreateOrCleanDirectory();
        });

    Target Restore => _ => _
        .Description("Restore the packages of the solution")
        .Lock("obj")
        .Executes(() => DotNetRestore(_ => _.SetProjectFile(Solution.Path)));

    Target Compile => _ => _
        .Description("Compile the solution; warnings are errors")
        .DependsOn<ICompile>(x => x.Restore)
        .Lock("obj")
        .Executes(() => DotNetBuild(_ => _.SetProjectFile(Solution.Path).EnableNoRestore().SetVerbosity(DotNetVerbosity.quiet)));
}
