using System.Reflection;
using System.Text.RegularExpressions;
using WasmWizard.BuildEngine.IO;
using WasmWizard.BuildEngine.Tooling;
using WasmWizard.BuildEngine.Tools.Git;

namespace WasmWizard.BuildEngine.Git;

/// <summary>How a remote is reached.</summary>
public enum GitProtocol
{
    /// <summary>https.</summary>
    Https,

    /// <summary>ssh.</summary>
    Ssh,
}

/// <summary>Facts of a clone, as git itself tells them: worktrees and detached heads are no special case.</summary>
public sealed partial record GitRepository
{
    /// <summary>How the remote is reached; null without a remote, or for one on disk.</summary>
    public GitProtocol? Protocol { get; private init; }

    /// <summary>The remote's host.</summary>
    public string? Endpoint { get; private init; }

    /// <summary>Owner and name on the host.</summary>
    public string? Identifier { get; private init; }

    /// <summary>The top of the working tree; null when made from a URL.</summary>
    public AbsolutePath? LocalDirectory { get; private init; }

    /// <summary>The full name of what is checked out; null on a detached head.</summary>
    public string? Head { get; private init; }

    /// <summary>The commit's full id; null in a clone without one.</summary>
    public string? Commit { get; private init; }

    /// <summary>Tags of the commit.</summary>
    public IReadOnlyCollection<string> Tags { get; private init; } = [];

    /// <summary>The branch: what the build server says, else what is checked out; null on a detached head.</summary>
    public string? Branch { get; private init; }

    /// <summary>The remote that the branch follows, else origin, else the first; null without one.</summary>
    public string? RemoteName { get; private init; }

    /// <summary>The branch on the remote that the branch follows.</summary>
    public string? RemoteBranch { get; private init; }

    /// <summary>The remote's page; null without one.</summary>
    public string? HttpsUrl => Endpoint is null ? null : $"https://{Endpoint}/{Identifier}.git";

    /// <summary>The remote over ssh; null without one.</summary>
    public string? SshUrl => Endpoint is null ? null : $"git@{Endpoint}:{Identifier}.git";

    /// <summary>Reads a remote's address.</summary>
    public static GitRepository FromUrl(string url, string? branch = null)
    {
        var match = RemoteUrl().Match(url);
        if (!match.Success)
            throw new ArgumentException("This is no address of a remote repository.", nameof(url));
        return new GitRepository
        {
            Protocol = match.Groups["https"].Success ? GitProtocol.Https : GitProtocol.Ssh,
            Endpoint = match.Groups["host"].Value,
            Identifier = match.Groups["path"].Value,
            Branch = branch,
        };
    }

    /// <summary>Asks git about a clone.</summary>
    /// <exception cref="UsageException">The folder is in no clone.</exception>
    public static GitRepository FromLocalDirectory(AbsolutePath directory)
    {
        if (Ask(directory, "rev-parse --show-toplevel") is not { } top)
            throw new UsageException($"{directory} is in no git clone.");
        var head = Ask(directory, "symbolic-ref --quiet HEAD");
        var local = head is null ? null : HeadPrefix().Replace(head, "");
        var upstream = local is null ? null : Ask(directory, "rev-parse --abbrev-ref --symbolic-full-name @{upstream}");
        var remotes = Lines(Ask(directory, "remote"));
        var remote = (local is null ? null : Ask(directory, $"config branch.{local}.remote"))
            ?? remotes.FirstOrDefault(name => name == "origin") ?? remotes.FirstOrDefault();
        var url = remote is null ? null : Ask(directory, $"remote get-url {remote}");
        var place = url is not null && RemoteUrl().IsMatch(url) ? FromUrl(url) : new GitRepository();
        return place with
        {
            LocalDirectory = AbsolutePath.Create(Path.GetFullPath(top)),
            Head = head,
            Commit = Ask(directory, "rev-parse --verify --quiet HEAD"),
            Tags = Lines(Ask(directory, "tag --points-at HEAD")),
            Branch = (Host.Instance as IBuildServer)?.Branch ?? local,
            RemoteName = remote,
            RemoteBranch = upstream is not null && remote is not null && upstream.StartsWith(remote + "/", StringComparison.Ordinal) ? upstream[(remote.Length + 1)..] : null,
        };
    }

    private static string? Ask(AbsolutePath directory, string question)
    {
        using var process = ProcessTasks.StartProcess(GitTasks.GitPath, question, directory, logOutput: false, logInvocation: false).AssertWaitForExit();
        return process.ExitCode == 0 && process.Output.StdToText().Trim() is { Length: > 0 } answer ? answer : null;
    }

    private static string[] Lines(string? text) => text?.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];

    [GeneratedRegex("^refs/heads/")]
    private static partial Regex HeadPrefix();

    [GeneratedRegex(@"^(?:(?<https>https?://)(?:[^@/]+@)?|ssh://(?:[^@/]+@)?|[^@/]+@)(?<host>[^/:]+)(?::\d+)?[:/](?<path>.+?)(?:\.git)?/?$")]
    private static partial Regex RemoteUrl();
}

/// <summary>Questions by the usual names of branches.</summary>
public static class GitRepositoryExtensions
{
    /// <summary>main.</summary>
    public static bool IsOnMainBranch(this GitRepository repository) => repository.Branch == "main";

    /// <summary>master.</summary>
    public static bool IsOnMasterBranch(this GitRepository repository) => repository.Branch == "master";

    /// <summary>main or master.</summary>
    public static bool IsOnMainOrMasterBranch(this GitRepository repository) => repository.IsOnMainBranch() || repository.IsOnMasterBranch();

    /// <summary>develop, dev or development.</summary>
    public static bool IsOnDevelopBranch(this GitRepository repository) => repository.Branch is "develop" or "dev" or "development";

    /// <summary>release/...</summary>
    public static bool IsOnReleaseBranch(this GitRepository repository) => repository.IsBelow("release") || repository.IsBelow("releases");

    /// <summary>hotfix/...</summary>
    public static bool IsOnHotfixBranch(this GitRepository repository) => repository.IsBelow("hotfix") || repository.IsBelow("hotfixes");

    /// <summary>feature/...</summary>
    public static bool IsOnFeatureBranch(this GitRepository repository) => repository.IsBelow("feature") || repository.IsBelow("features");

    /// <summary>The owner on GitHub.</summary>
    public static string? GetGitHubOwner(this GitRepository repository) => repository.Identifier?.Split('/')[0];

    /// <summary>The name on GitHub.</summary>
    public static string? GetGitHubName(this GitRepository repository) => repository.Identifier?.Split('/')[^1];

    private static bool IsBelow(this GitRepository repository, string prefix) => repository.Branch?.StartsWith(prefix + "/", StringComparison.OrdinalIgnoreCase) == true;
}

/// <summary>The clone that the root lies in.</summary>
public sealed class GitRepositoryAttribute : ValueInjectionAttributeBase
{
    /// <inheritdoc/>
    public override object GetValue(MemberInfo member, object instance) => GitRepository.FromLocalDirectory(NukeBuild.RootDirectory);
}
