/// <summary>Compiles the benchmarks of the files at hand and of the commit that they are compared with.</summary>
public sealed class BenchmarkBuilds(Workspace workspace)
{
    private AbsolutePath Folder => workspace.Temporary / "benchmark";

    private AbsolutePath Worktree => Folder / "worktree";

    public AbsolutePath Candidate()
    {
        var output = Folder / "candidate";
        output.CreateOrCleanDirectory();
        Compile(workspace.Root, output);
        return output;
    }

    /// <summary>A commit's benchmarks never change, so they are compiled once and kept; the last of them only.</summary>
    public AbsolutePath Base(string commit)
    {
        var output = Folder / $"base-{commit}";
        if (Directory.Exists(output))
            return output;
        Folder.GlobDirectories("base-*").DeleteDirectories();
        var draft = Folder / "draft";
        draft.CreateOrCleanDirectory();
        Leave();
        Git($"worktree add --detach --force {Worktree} {commit}");
        try
        {
            Compile(Worktree, draft);
            Directory.Move(draft, output);
            return output;
        }
        finally
        {
            Leave();
        }
    }

    private static void Compile(AbsolutePath root, AbsolutePath output) => DotNetBuild(_ => _
        .SetProcessWorkingDirectory(root)
        .SetProjectFile(root / BenchmarkProgram.Project)
        .SetConfiguration("Release")
        .SetOutput(output)
        .SetVerbosity(DotNetVerbosity.quiet));

    /// <summary>Also what a killed run left behind.</summary>
    private void Leave()
    {
        Worktree.DeleteDirectory();
        Git("worktree prune");
    }

    private void Git(string arguments) =>
        ProcessTasks.StartProcess("git", arguments, workspace.Root, logOutput: false, logInvocation: false).AssertZeroExitCode();
}
