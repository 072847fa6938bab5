/// <summary>Facts about the working tree that is built; each is asked of git once and nothing is changed.</summary>
public sealed class Checkout(AbsolutePath root)
{
    private readonly Lazy<string> _commit = new(() => Ask(root, "rev-parse HEAD"));
    private readonly Lazy<string> _tree = new(() => WorkingTree(root));
    private readonly Lazy<bool> _isClean = new(() => Ask(root, "status --porcelain").Length == 0);

    /// <summary>Full hash of HEAD, with <c>-dirty</c> appended when the tree differs from it.</summary>
    public string Commit => IsClean ? _commit.Value : $"{_commit.Value}-dirty";

    /// <summary>Git's hash over the files as they are now, uncommitted and untracked ones included, ignored ones not.</summary>
    public string Tree => _tree.Value;

    public bool IsClean => _isClean.Value;

    /// <summary>Null when HEAD is detached.</summary>
    public string? Branch => Try(root, "symbolic-ref --short -q HEAD");

    /// <summary>Where the source lives, without user and password; null for a clone without a remote.</summary>
    public string? Remote => Try(root, "config --get remote.origin.url") is not { Length: > 0 } address
        ? null
        : Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.UserInfo.Length > 0
            ? new UriBuilder(uri) { UserName = "", Password = "" }.Uri.AbsoluteUri
            : address;

    /// <summary>Whether HEAD was taken into a branch: the remote's where there is a remote, else the local one.</summary>
    public bool IsReachableFrom(string branch)
    {
        var name = Ask(root, "remote").Length > 0 ? $"refs/remotes/origin/{branch}" : $"refs/heads/{branch}";
        return Try(root, $"merge-base --is-ancestor HEAD {name}") is not null;
    }

    /// <summary>
    /// What this work is compared with: where it left the branch that it is for, or the commit before when it is on that branch already. Null
    /// when there is no commit before, or the clone does not hold it.
    /// </summary>
    public string? Base(string branch)
    {
        var head = _commit.Value;
        var left = new[] { $"refs/remotes/origin/{branch}", $"refs/heads/{branch}" }
            .Select(name => Try(root, $"merge-base HEAD {name}"))
            .FirstOrDefault(commit => commit is not null);
        return left is null || left == head ? Try(root, "rev-parse --verify -q HEAD^1") : left;
    }

    /// <summary>A file's text in a commit; null when it is not there.</summary>
    public string? TextAt(string commit, string path) => Try(root, $"show {commit}:{path}");

    /// <summary>Every file as it is now, relative to the root with forward slashes.</summary>
    public IReadOnlyList<string> Files() => Ask(root, $"-c core.quotePath=off ls-tree -r --name-only {Tree}").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Paths that differ between a tree that was judged earlier and the files as they are now; null when git forgot that tree.</summary>
    public IReadOnlyList<string>? ChangedSinceTree(string tree) => Try(root, $"-c core.quotePath=off diff --name-only {tree} {Tree}")?.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Paths that differ between a commit and the files as they are now.</summary>
    public IReadOnlyList<string> ChangedSince(string commit) => Ask(root, $"-c core.quotePath=off diff --name-only {commit} {Tree}").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Writes the tree through an index of its own, so that the user's staging area stays as it is.</summary>
    private static string WorkingTree(AbsolutePath root)
    {
        AbsolutePath index = Path.GetTempFileName();
        try
        {
            var original = Path.Combine(root, Ask(root, "rev-parse --git-path index"));
            if (File.Exists(original))
                File.Copy(original, index, overwrite: true);
            else
                File.Delete(index);
            var variables = new Dictionary<string, string>(EnvironmentInfo.Variables) { ["GIT_INDEX_FILE"] = index };
            Run(root, "add --all", variables).AssertZeroExitCode();
            return Text(Run(root, "write-tree", variables).AssertZeroExitCode());
        }
        finally
        {
            File.Delete(index);
        }
    }

    private static string Ask(AbsolutePath root, string arguments) => Text(Run(root, arguments).AssertZeroExitCode());

    private static string? Try(AbsolutePath root, string arguments)
    {
        var process = Run(root, arguments);
        process.WaitForExit();
        return process.ExitCode == 0 ? Text(process) : null;
    }

    private static IProcess Run(AbsolutePath root, string arguments, IReadOnlyDictionary<string, string>? variables = null) =>
        ProcessTasks.StartProcess("git", arguments, root, variables, logOutput: false, logInvocation: false);

    private static string Text(IProcess process) =>
        string.Join('\n', process.Output.Where(line => line.Type == OutputType.Std).Select(line => line.Text)).Trim();
}
