namespace WasmWizard.Delivery.GitHub.Git;

/// <summary>A worktree that exists for a moment, so that picking commits touches neither the user's files nor their branch.</summary>
public sealed class Workbench : IAsyncDisposable
{
    private readonly GitClone _clone;
    private readonly string _folder;
    private readonly GitClone _here;

    private Workbench(GitClone clone, string folder) => (_clone, _folder, _here) = (clone, folder, clone.At(folder));

    /// <param name="clone">Whose commits are there.</param>
    /// <param name="commit">What is laid out.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<Workbench> At(GitClone clone, string commit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clone);
        var folder = Path.Combine(Directory.CreateTempSubdirectory("wasm-wizard-pick-").FullName, "tree");
        await clone.Ask(cancellation, "worktree", "add", "--quiet", "--detach", "--force", folder, commit);
        return new(clone, folder);
    }

    public Task Reset(string commit, CancellationToken cancellation) => _here.Ask(cancellation, "reset", "--quiet", "--hard", commit);

    /// <summary>Picks a commit with a note where it comes from; a merge as the change that it brought to its first parent.</summary>
    public async Task<Picked> Pick(Fix fix, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(fix);
        var result = await _here.Try(cancellation, ["cherry-pick", "-x", .. fix.IsMerge ? ["-m", "1"] : Array.Empty<string>(), fix.Commit]);
        if (result.ExitCode == 0)
            return new Picked.Whole();
        var conflicts = await _here.Lines(cancellation, "diff", "--name-only", "--diff-filter=U");
        if (conflicts.Count > 0)
            return new Picked.Conflict(conflicts);
        if ((await _here.Ask(cancellation, "status", "--porcelain")).Length > 0)
            throw new GitException(["cherry-pick", fix.Commit], result.ExitCode, result.StandardError);
        await _here.Try(cancellation, "cherry-pick", "--skip");
        return new Picked.Nothing();
    }

    /// <summary>Commits a conflict as it stands, marks and all, for a person to resolve in a draft.</summary>
    public async Task CommitConflict(CancellationToken cancellation)
    {
        await _here.Ask(cancellation, "add", "--all");
        await _here.Ask(cancellation, "commit", "--quiet", "--no-verify", "--no-edit", "--cleanup=strip");
    }

    public Task Push(string branch, CancellationToken cancellation) => _here.Ask(cancellation, "push", "--quiet", "origin", $"HEAD:refs/heads/{branch}");

    public async ValueTask DisposeAsync()
    {
        await _clone.Try(CancellationToken.None, "worktree", "remove", "--force", _folder);
        var parent = Path.GetDirectoryName(_folder)!;
        if (Directory.Exists(parent))
            Directory.Delete(parent, recursive: true);
    }
}

/// <summary>What became of picking a commit.</summary>
public abstract record Picked
{
    private Picked()
    {
    }

    public sealed record Whole : Picked;

    /// <summary>Its change is there already.</summary>
    public sealed record Nothing : Picked;

    /// <summary>These files hold both sides.</summary>
    public sealed record Conflict(IReadOnlyList<string> Files) : Picked;
}
