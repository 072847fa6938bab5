using WasmWizard.BuildEngine.IO;
using WasmWizard.BuildEngine.Tooling;

namespace WasmWizard.BuildEngine.Tools.Git;

/// <summary>The <c>git</c> command.</summary>
public sealed class GitTasks : IRequireTool
{
    private GitTasks() { }

    /// <summary>GIT_EXE, else the one on the PATH.</summary>
    public static string GitPath => EnvironmentInfo.GetVariable("GIT_EXE") ?? ToolPathResolver.GetPathExecutable("git");

    static string IRequireTool.Executable => "git";

    /// <summary>Any command line of <c>git</c>.</summary>
    public static IReadOnlyCollection<Output> Git(
        ArgumentStringHandler arguments, string? workingDirectory = null, IReadOnlyDictionary<string, string>? environmentVariables = null, int? timeout = null,
        bool? logOutput = null, bool? logInvocation = null, Action<OutputType, string>? logger = null, Action<IProcess>? exitHandler = null) =>
        ToolResolver.GetTool(GitPath)(arguments, workingDirectory, environmentVariables, timeout, logOutput, logInvocation, logger, exitHandler);

    /// <summary>Whether nothing is changed, staged or new.</summary>
    public static bool GitHasCleanWorkingCopy(AbsolutePath? workingDirectory = null) => Quiet("status --porcelain", workingDirectory).Length == 0;

    /// <summary>The branch; null on a detached head.</summary>
    public static string? GitCurrentBranch(AbsolutePath? workingDirectory = null) => Quiet("branch --show-current", workingDirectory) is { Length: > 0 } branch ? branch : null;

    /// <summary>The commit's full id.</summary>
    public static string GitCurrentCommit(AbsolutePath? workingDirectory = null) => Quiet("rev-parse HEAD", workingDirectory);

    private static string Quiet(string arguments, AbsolutePath? workingDirectory) =>
        Git(arguments, workingDirectory, logOutput: false, logInvocation: false).StdToText().Trim();
}
