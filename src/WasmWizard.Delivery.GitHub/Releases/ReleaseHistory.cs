using WasmWizard.Delivery.GitHub.Git;

namespace WasmWizard.Delivery.GitHub.Releases;

/// <summary>What git knows about versions at one commit.</summary>
/// <param name="Commit">The commit that would be released.</param>
/// <param name="Versions">Every version tag of the clone with its commit, newest first.</param>
/// <param name="Before">The newest version that is behind the commit and not at it; null for none.</param>
/// <param name="Commits">What lies between that version and the commit, newest first, without merges.</param>
/// <param name="IsOnBranch">The commit was taken into production's branch.</param>
public sealed record ReleaseHistory(
    string Commit, IReadOnlyList<(VersionTag Version, string Commit)> Versions, VersionTag? Before, IReadOnlyList<ConventionalCommit> Commits, bool IsOnBranch)
{
    /// <summary>The version at the commit itself; null for none.</summary>
    public VersionTag? Here => Versions.Where(tag => tag.Commit == Commit).Select(tag => (VersionTag?)tag.Version).FirstOrDefault();

    /// <param name="clone">A whole clone with its tags.</param>
    /// <param name="commit">What would be released.</param>
    /// <param name="branch">Production's; the remote's where there is one.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<ReleaseHistory> Read(GitClone clone, string commit, string branch, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clone);
        var versions = (await clone.Lines(cancellation, "for-each-ref", "--format=%(refname:short)%09%(objectname)%09%(*objectname)", "refs/tags/v*"))
            .Select(line => line.Split('\t')).Select(words => (Version: VersionTag.Parse(words[0]), Commit: words is [_, _, { Length: > 0 } annotated] ? annotated : words[1]))
            .Where(tag => tag.Version is not null).Select(tag => (tag.Version!.Value, tag.Commit)).OrderByDescending(tag => tag.Value).ToList();
        var behind = (await clone.Lines(cancellation, "tag", "--merged", commit, "--list", "v*")).Select(VersionTag.Parse).OfType<VersionTag>().ToHashSet();
        var before = versions.Where(tag => tag.Commit != commit && behind.Contains(tag.Value)).Select(tag => (VersionTag?)tag.Value).FirstOrDefault();
        var log = await clone.Ask(cancellation, "log", "--no-merges", "--format=%H%x00%B%x01", before is { } last ? $"{last}..{commit}" : commit);
        var commits = log.Split('\u0001', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(entry => entry.Split('\0'))
            .Select(words => ConventionalCommit.Parse(words[0], words[1].Trim())).ToList();
        var remote = await clone.Find(cancellation, "rev-parse", "--verify", "--quiet", $"refs/remotes/origin/{branch}");
        var isOnBranch = await clone.Find(cancellation, "merge-base", "--is-ancestor", commit, remote is null ? $"refs/heads/{branch}" : $"refs/remotes/origin/{branch}") is not null;
        return new(commit, versions, before, commits, isOnBranch);
    }
}
