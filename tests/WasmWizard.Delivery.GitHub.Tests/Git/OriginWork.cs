namespace WasmWizard.Delivery.GitHub.Tests.Git;

/// <summary>
/// What people do on branches, done in the origin itself by git's plumbing: no worktree, no fetch, no push, a process or two per step. Random
/// histories need hundreds of steps, and porcelain in a clone takes ten times as long.
/// </summary>
internal sealed class OriginWork(GitSandbox git)
{
    private int _second = 1_740_000_000;

    /// <summary>Sets the branch's tip; the branch is made where it does not exist.</summary>
    /// <param name="revision">A commit, or another branch.</param>
    public void Set(string branch, string revision) => Asked("update-ref", Ref(branch), revision);

    public void Delete(string branch) => Asked("update-ref", "-d", Ref(branch));

    /// <summary>Commits a change of one line of a file; the commit's hash.</summary>
    public string Change(string branch, string file, int line, string text, string message)
    {
        var before = git.AskOrigin(null, "show", $"{Ref(branch)}:{file}");
        var exists = before is not null || git.AskOrigin(null, "rev-parse", "--verify", "--quiet", Ref(branch)) is not null;
        var content = GitSandbox.WithLine(before, line, text);
        var person = $"a person <person@example.org> {_second++} +0000";
        var stream = $"commit {Ref(branch)}\nmark :1\nauthor {person}\ncommitter {person}\ndata {message.Length}\n{message}\n"
            + (exists ? $"from {Ref(branch)}^0\n" : "") + $"M 100644 inline {file}\ndata {content.Length}\n{content}\nget-mark :1\n";
        return Need(git.AskOrigin(stream, "fast-import", "--quiet"), "fast-import");
    }

    /// <summary>Merges with a merge commit; false where the two conflict.</summary>
    public bool Merge(string into, string from, string message)
    {
        if (git.AskOrigin(null, "merge-base", "--is-ancestor", Ref(from), Ref(into)) is not null)
            return true;
        if (Merged(Ref(into), Ref(from)) is not { } tree)
            return false;
        Set(into, CommitOf(tree, message, Ref(into), Ref(from)));
        return true;
    }

    /// <summary>Merges as one commit with one parent; false where the two conflict.</summary>
    public bool Squash(string into, string from, string message)
    {
        if (Merged(Ref(into), Ref(from)) is not { } tree)
            return false;
        Set(into, CommitOf(tree, message, Ref(into)));
        return true;
    }

    /// <summary>Puts what one branch has more than the other on top of it, commit by commit; false, and nothing done, where one does not apply or brings nothing.</summary>
    public bool Rebase(string into, string from) =>
        PickAll(into, Asked("rev-list", "--reverse", $"{Ref(into)}..{Ref(from)}").Split('\n', StringSplitOptions.RemoveEmptyEntries));

    public bool PickAll(string into, params string[] commits)
    {
        var at = Ref(into);
        foreach (var commit in commits)
        {
            // A merge whose one side is the change and whose base is the state before it.
            var before = CommitOf($"{commit}^^{{tree}}", "before");
            if (Merged(CommitOf($"{at}^{{tree}}", "mine", before), CommitOf($"{commit}^{{tree}}", "theirs", before)) is not { } tree || tree == Asked("rev-parse", $"{at}^{{tree}}"))
                return false;
            at = CommitOf(tree, Message(commit), at);
        }

        Set(into, at);
        return true;
    }

    public static string Ref(string branch) => $"refs/heads/{branch}";

    public string Message(string commit) => Asked("log", "-1", "--format=%B", commit);

    private string? Merged(string one, string other) => git.AskOrigin(null, "merge-tree", "--write-tree", one, other)?.Trim();

    private string CommitOf(string tree, string message, params string[] parents) =>
        Need(git.AskOrigin(message, ["commit-tree", tree, .. parents.SelectMany(parent => new[] { "-p", parent }), "-F", "-"]), "commit-tree");

    private string Asked(params string[] arguments) => Need(git.AskOrigin(null, arguments), string.Join(' ', arguments));

    private static string Need(string? output, string what) => output?.Trim() ?? throw new InvalidOperationException($"git {what} did not do it");
}
