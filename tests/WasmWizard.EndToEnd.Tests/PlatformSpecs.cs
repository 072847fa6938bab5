using System.Text.Json;
using WasmWizard.Delivery.GitHub.Tests.Platform;

namespace WasmWizard.EndToEnd.Tests;

/// <summary>What people type that reaches GitHub, from a clone whose origin has the strategy's branches, against a platform on loopback.</summary>
[Trait("suite", "complete")]
[Collection(TwoImages.Tests)]
public sealed class PlatformSpecs(TwoImages images) : IAsyncLifetime
{
    private FreshClone _clone = null!;

    public async Task InitializeAsync() => _clone = (await images.First).Clone;

    public Task DisposeAsync() => Task.CompletedTask;

    [ToolFact("git", "env")]
    public async Task A_release_is_shown_refused_while_nothing_of_it_was_healthy_and_then_done_and_read_back()
    {
        await using var server = await FakeGitHub.Start();
        var head = await OriginWithBranches();

        var shown = await _clone.Build("Release", "--version", "v1.2.3", "--dry-run");
        Assert.True(shown.ExitCode == 0, shown.ToString());
        Assert.Contains("Version v1.2.3", shown.Output, StringComparison.Ordinal);
        Assert.Contains("would tag it as v1.2.3", shown.Output, StringComparison.Ordinal);
        Assert.Contains("| # v1.2.3", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("blocked by", shown.Output, StringComparison.Ordinal);
        Assert.Empty(server.Requests);

        var refused = await Asked(server, "Release", "--version", "v1.2.3");
        Assert.True(refused.ExitCode == 3, refused.ToString());
        Assert.Contains("WW2326", refused.Output + refused.Error, StringComparison.Ordinal);

        server.Work.Deployments.Add((head, "production", ["success"]));
        var done = await Asked(server, "Release", "--version", "v1.2.3");
        Assert.True(done.ExitCode == 0, done.ToString());
        Assert.Equal(head, server.Work.Tags["v1.2.3"]);
        Assert.False((bool)Assert.Single(server.Work.Releases)["draft"]!);
        Assert.DoesNotContain(FakeGitHub.Token, done.Output + done.Error, StringComparison.Ordinal);
    }

    [ToolFact("git", "env")]
    public async Task Settings_are_drift_until_they_are_applied_and_what_only_a_person_can_set_is_named()
    {
        await using var server = await FakeGitHub.Start();
        var before = await Asked(server, "Protect", "--json");
        Assert.True(before.ExitCode == 3, before.ToString());

        var applied = await Asked(server, "Protect", "--apply", "--json");

        Assert.True(applied.ExitCode == 3, applied.ToString());
        using (var json = JsonDocument.Parse(applied.Output))
        {
            foreach (var setting in json.RootElement.GetProperty("settings").EnumerateArray().Where(setting => setting.GetProperty("state").GetString() != "match"))
            {
                var words = setting.GetProperty("setting").GetString()!.Split(' ', '.');
                var names = setting.GetProperty("wanted").GetString()!.Trim('[', ']').Split(", ");
                server.Settings.FillIn(words[1], words[2] == "secrets" ? names : [], words[2] == "variables" ? names : [], words[2] == "can_admins_bypass" ? false : null);
            }
        }

        var after = await Asked(server, "Protect");
        Assert.True(after.ExitCode == 0, after.ToString());
        Assert.Contains("0 drift, 0 unknown", after.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopped_line_holds_a_deployment_back_before_its_first_gate()
    {
        string[] place = ["--branch", "research", "--state", Path.Combine(Path.GetDirectoryName(_clone.Folder)!, "stopped")];
        var stopped = await _clone.Build(["Incident", .. place, "--freeze", "the disk is full"]);
        Assert.True(stopped.ExitCode == 0, stopped.ToString());

        var deployed = await _clone.Build(["Deploy", .. place]);
        Assert.True(deployed.ExitCode == 3, deployed.ToString());
        Assert.Contains("the disk is full", deployed.Output + deployed.Error, StringComparison.Ordinal);

        var opened = await _clone.Build(["Incident", .. place, "--unfreeze"]);
        Assert.True(opened.ExitCode == 0, opened.ToString());
        Assert.Contains("Deployments may go on", opened.Output, StringComparison.Ordinal);
    }

    [ToolFact("git")]
    public async Task Without_a_token_what_is_missing_is_told_before_anything_is_asked()
    {
        var ended = await _clone.Build("Protect");

        Assert.True(ended.ExitCode == 2, ended.ToString());
        Assert.Contains("WW2204", ended.Output + ended.Error, StringComparison.Ordinal);
    }

    private Task<Ended> Asked(FakeGitHub server, params string[] arguments) => _clone.Run("env", _clone.Folder,
    [
        $"GITHUB_API_URL={server.Address}", $"GITHUB_REPOSITORY={FakeGitHub.Owner}/{FakeGitHub.Name}", $"NUKE_GITHUB_TOKEN={FakeGitHub.Token}",
        "./build.sh", .. arguments,
    ]);

    /// <summary>A bare origin beside the clone with master and development at its commit.</summary>
    private async Task<string> OriginWithBranches()
    {
        var origin = Path.Combine(Path.GetDirectoryName(_clone.Folder)!, "origin.git");
        foreach (var arguments in new[]
        {
            new[] { "clone", "--quiet", "--bare", _clone.Folder, origin }, ["remote", "set-url", "origin", origin],
            ["push", "--quiet", "origin", "HEAD:refs/heads/master", "HEAD:refs/heads/development"],
        })
        {
            var ended = await _clone.Run("git", _clone.Folder, arguments);
            Assert.True(ended.ExitCode == 0, ended.ToString());
        }

        return (await _clone.Run("git", _clone.Folder, "rev-parse", "HEAD")).Output.Trim();
    }
}
