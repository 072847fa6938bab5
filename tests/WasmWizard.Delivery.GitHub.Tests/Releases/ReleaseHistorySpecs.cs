using WasmWizard.Delivery.GitHub.Releases;
using WasmWizard.Delivery.GitHub.Tests.Git;

namespace WasmWizard.Delivery.GitHub.Tests.Releases;

/// <summary>What is read from a real clone.</summary>
public sealed class ReleaseHistorySpecs : IDisposable
{
    private readonly GitSandbox _git = new();

    [Fact]
    public async Task Versions_are_read_whatever_else_is_tagged_and_however()
    {
        var first = _git.Change("app", 0, "begin", "feat: begin");
        _git.Git("tag", "v1.0.0");
        _git.Git("tag", "vNext");
        _git.Git("tag", "v2");
        _git.Change("app", 1, "more", "fix: more");
        _git.Git("tag", "--annotate", "--message", "the tenth", "v1.10.0");
        var last = _git.Change("app", 2, "most", "feat: most");
        _git.Push("master");
        _git.Git("fetch", "--quiet", "origin");

        var history = await ReleaseHistory.Read(_git.Asked, last, "master", CancellationToken.None);

        Assert.Equal([new(1, 10, 0), new(1, 0, 0)], history.Versions.Select(tag => tag.Version));
        Assert.Equal(first, history.Versions[1].Commit);
        Assert.Equal(new VersionTag(1, 10, 0), history.Before);
        Assert.Equal(["most"], history.Commits.Select(commit => commit.Description));
        Assert.True(history.IsOnBranch);
        Assert.Null(history.Here);
    }

    [Fact]
    public async Task A_tag_on_another_branch_is_not_before_this_commit()
    {
        _git.Change("app", 0, "begin", "feat: begin");
        _git.Git("switch", "--quiet", "--create", "aside");
        _git.Change("app", 1, "aside", "feat: aside");
        _git.Git("tag", "v9.0.0");
        _git.Git("switch", "--quiet", "master");
        var last = _git.Change("app", 2, "most", "feat: most");

        var history = await ReleaseHistory.Read(_git.Asked, last, "master", CancellationToken.None);

        Assert.Null(history.Before);
        Assert.Equal(2, history.Commits.Count);
        Assert.True(history.IsOnBranch);
        Assert.False((await ReleaseHistory.Read(_git.Asked, _git.Git("rev-parse", "aside"), "master", CancellationToken.None)).IsOnBranch);
    }

    public void Dispose() => _git.Dispose();
}
