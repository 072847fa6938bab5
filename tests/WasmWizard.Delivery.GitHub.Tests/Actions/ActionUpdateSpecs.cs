using WasmWizard.Delivery.GitHub.Actions;
using WasmWizard.Delivery.GitHub.Api;
using WasmWizard.Delivery.GitHub.Tests.Platform;

namespace WasmWizard.Delivery.GitHub.Tests.Actions;

public sealed class ActionUpdateSpecs
{
    private const string Old = "1111111111111111111111111111111111111111";
    private const string New = "2222222222222222222222222222222222222222";

    private static ActionLock Locked { get; } = ActionLock.Parse(ActionLock.Write([("a/b", "v1.0.0", Old), ("c/d/deep", "v2.0.0", Old)]));

    [Fact]
    public async Task A_newer_release_is_locked_at_its_commit_also_behind_an_annotated_tag()
    {
        await using var server = await FakeGitHub.Start();
        Say(server, "a/b", "v1.1.0", New, annotation: "3333333333333333333333333333333333333333");
        Say(server, "c/d", "v2.0.0", Old);

        var updates = await Find(server);

        Assert.IsType<ActionUpdate.Newer>(updates[0]);
        Assert.IsType<ActionUpdate.Current>(updates[1]);
        var applied = ActionLock.Parse(ActionUpdates.Apply(updates));
        Assert.Equal($"a/b@{New}", applied.Find("a/b")!.Reference);
        Assert.Equal($"c/d/deep@{Old}", applied.Find("c/d/deep")!.Reference);
    }

    [Fact]
    public async Task A_tag_that_moved_is_told_and_never_followed()
    {
        await using var server = await FakeGitHub.Start();
        Say(server, "a/b", "v1.1.0", New, before: New);
        Say(server, "c/d", "v2.0.0", Old);

        var updates = await Find(server);

        Assert.Contains("names 222222222222 now", Assert.IsType<ActionUpdate.Moved>(updates[0]).ToString(), StringComparison.Ordinal);
        Assert.Equal($"a/b@{Old}", ActionLock.Parse(ActionUpdates.Apply(updates)).Find("a/b")!.Reference);
    }

    [Theory]
    [InlineData("release-2026")]
    [InlineData("v3")]
    public async Task A_release_without_an_exact_version_is_left_alone(string tag)
    {
        await using var server = await FakeGitHub.Start();
        Say(server, "a/b", tag, New);
        Say(server, "c/d", "v2.0.0", Old);

        Assert.Contains(tag, Assert.IsType<ActionUpdate.Unknown>((await Find(server))[0]).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_platform_does_not_show_is_unknown_and_stays_locked()
    {
        await using var server = await FakeGitHub.Start();
        server.Fault = (_, _) => FakeGitHub.Limited;

        var updates = await Find(server);

        Assert.All(updates, update => Assert.Contains("limit", Assert.IsType<ActionUpdate.Unknown>(update).Reason, StringComparison.Ordinal));
        Assert.Equal(ActionLock.Write([("a/b", "v1.0.0", Old), ("c/d/deep", "v2.0.0", Old)]), ActionUpdates.Apply(updates));
    }

    [Fact]
    public void The_lock_of_this_repository_is_spelled_as_updates_spell_it()
    {
        var text = File.ReadAllText(Repository.File(ActionLock.Path));

        Assert.Equal(text, ActionLock.Write(ActionLock.Parse(text).All.Select(action => (action.Name, action.Version, action.Sha))));
    }

    private static Task<IReadOnlyList<ActionUpdate>> Find(FakeGitHub server) => new ActionUpdates(new OctokitApi(FakeGitHub.Token, server.Address)).Find(Locked, CancellationToken.None);

    private static void Say(FakeGitHub server, string repository, string newest, string sha, string? annotation = null, string before = Old)
    {
        server.Work.Actions[repository] = new(newest, sha, annotation);
        var locked = Locked.All.Single(action => action.Name.StartsWith(repository, StringComparison.Ordinal)).Version;
        server.Work.OtherTags[(repository, locked)] = before;
    }
}
