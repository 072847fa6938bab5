using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using WasmWizard.Delivery.GitHub.Api;
using WasmWizard.Delivery.GitHub.Git;
using WasmWizard.Delivery.GitHub.Releases;
using WasmWizard.Delivery.GitHub.Tests.Git;
using YamlDotNet.RepresentationModel;

namespace WasmWizard.Delivery.GitHub.Tests.Releases;

/// <summary>GitVersion's real engine over real clones, by the rules of this repository.</summary>
public sealed class NextVersionSpecs : IDisposable
{
    private static readonly string Engine = typeof(NextVersionSpecs).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "GitVersion").Value!;
    private static readonly string Dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
    private readonly GitSandbox _git = new();

    [Theory]
    [Trait("suite", "complete")]
    [InlineData("Make it better", "v1.4.3")]
    [InlineData("fix: mend", "v1.4.3")]
    [InlineData("feat: more", "v1.5.0")]
    [InlineData("feat(api)!: other shape", "v2.0.0")]
    [InlineData("fix: mend\n\nBREAKING CHANGE: set A", "v2.0.0")]
    public async Task The_commits_since_the_last_version_say_the_next_one(string message, string version)
    {
        _git.Write("GitVersion.yml", File.ReadAllText(Repository.File("GitVersion.yml")));
        _git.Commit("feat: begin");
        _git.Git("tag", "v1.4.2");
        _git.Git("tag", "vNext");
        _git.Change("app", 1, "more", message);

        Assert.Equal(version, (await NextVersion.Of("", Dotnet, Engine).Ask(_git.Clone, CancellationToken.None)).ToString());
    }

    [Fact]
    [Trait("suite", "complete")]
    public async Task Before_there_is_any_version_it_is_the_first()
    {
        _git.Write("GitVersion.yml", File.ReadAllText(Repository.File("GitVersion.yml")));
        _git.Commit("Begin");
        _git.Change("app", 1, "more", "feat: more");

        Assert.Equal("v1.0.0", (await NextVersion.Of("", Dotnet, Engine).Ask(_git.Clone, CancellationToken.None)).ToString());
    }

    [Fact]
    [Trait("suite", "complete")]
    public async Task Why_it_gave_up_is_told_without_its_log()
    {
        _git.Write("GitVersion.yml", "strategies: [TaggedCommit]\n");
        _git.Commit("Begin");

        var fault = await Assert.ThrowsAsync<PlatformException>(() => NextVersion.Of("", Dotnet, Engine).Ask(_git.Clone, CancellationToken.None));

        Assert.StartsWith("GitVersion ended with 1 and no version: No base versions", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_branch_of_production_says_the_next_version()
    {
        _git.Change("app", 1, "more", "Begin");
        Assert.Empty(await CloneFacts.StandsOn(_git.Asked, "master", CancellationToken.None));

        _git.Git("switch", "--quiet", "--create", "feature/x");
        Assert.StartsWith("feature/x", Assert.Single(await CloneFacts.StandsOn(_git.Asked, "master", CancellationToken.None)).Observed, StringComparison.Ordinal);

        _git.Git("switch", "--quiet", "--detach");
        Assert.StartsWith("no branch", Assert.Single(await CloneFacts.StandsOn(_git.Asked, "master", CancellationToken.None)).Observed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_gives_no_version_is_told_with_its_first_line()
    {
        var fault = await Assert.ThrowsAsync<PlatformException>(() => new NextVersion(["git", "frobnicate"]).Ask(_git.Clone, CancellationToken.None));

        Assert.Contains("'frobnicate' is not a git command", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_rules_name_the_branches_of_the_strategy()
    {
        var strategy = Regex.Matches(File.ReadAllText(Repository.File("build/Strategy.cs")), "Branch = \"([a-z]+)\"").Select(match => match.Groups[1].Value);
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(Repository.File("GitVersion.yml"))));

        var rules = ((YamlMappingNode)stream.Documents[0].RootNode["branches"]).Children.Values.Select(rule => rule["regex"].ToString());

        Assert.Equal(strategy.Select(branch => $"^{branch}$").Order(StringComparer.Ordinal), rules.Order(StringComparer.Ordinal));
    }

    public void Dispose() => _git.Dispose();
}
