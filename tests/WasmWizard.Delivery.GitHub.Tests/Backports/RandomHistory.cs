using System.Text.Json.Nodes;
using WasmWizard.Delivery.GitHub.Api;
using WasmWizard.Delivery.GitHub.Backports;
using WasmWizard.Delivery.GitHub.Git;
using WasmWizard.Delivery.GitHub.Tests.Git;
using WasmWizard.Delivery.GitHub.Tests.Platform;

namespace WasmWizard.Delivery.GitHub.Tests.Backports;

/// <summary>
/// People at work on two branches, by one seed: features, merges, squashes, fixes that conflict, fixes that are there already, releases. Every
/// fix writes a text that nothing else writes, so that what became of it can be seen without asking the code under test.
/// </summary>
internal sealed class RandomHistory(int seed, GitSandbox git, FakeGitHub server)
{
    private static readonly string[] Files = ["one", "two", "three"];
    private static readonly string[] Squashed = ["--squash"];
    private static readonly string[] Joined = ["--no-ff"];

    private readonly Random _random = new(seed);
    private readonly PullRequests _pulls = new(new OctokitApi(FakeGitHub.Token, server.Address), Repository());
    private int _next;

    /// <summary>The text of each fix with the commit that was handed to Hotfix.</summary>
    public List<(string Text, string How)> Fixes { get; } = [];

    public async Task Play()
    {
        foreach (var file in Files)
            git.Change(file, 0, "begin", $"Begin {file}");
        git.Push("master");
        git.Push("development");
        for (var turn = _random.Next(2, 5); turn > 0; turn--)
        {
            Develop();
            if (_random.Next(3) > 0)
                await Hotfix();
            if (_random.Next(5) == 0)
                ReleaseAll();
        }

        if (Fixes.Count == 0)
            await Hotfix();
        Develop();
    }

    /// <summary>Backport, and what reviewers do with it, until nothing but drafts is open.</summary>
    public async Task Backport()
    {
        for (var round = 0; round < 4; round++)
        {
            Assert.Empty(await CloneFacts.Prepare(git.Asked, ["master", "development"], CancellationToken.None));
            var missing = (await new FixComparison(git.Asked, "origin/master", "origin/development").All(CancellationToken.None)).Where(proof => !proof.IsThere).Select(proof => proof.Fix).ToList();
            await new Backporting(git.Asked, _pulls, "development").Run(missing, CancellationToken.None);
            foreach (var pull in server.Work.Pulls.Where(pull => Is(pull, "development") && !(bool)pull["draft"]!).ToList())
                Merge(pull, "development");
            if (missing.Count == 0)
                return;
        }
    }

    public bool IsDraftedBy(string commit) => server.Work.Pulls.Any(pull => (string?)pull["state"] == "open" && (bool)pull["draft"]! && pull["body"]!.ToString().Contains(commit, StringComparison.Ordinal));

    private void Develop()
    {
        git.Take("development");
        var commits = _random.Next(1, 3);
        if (_random.Next(2) == 0)
        {
            for (var commit = 0; commit < commits; commit++)
                Feature();
        }
        else
        {
            git.Git("switch", "--quiet", "--create", $"feature/{_next}");
            for (var commit = 0; commit < commits; commit++)
                Feature();
            Join("development", git.Git("rev-parse", "--abbrev-ref", "HEAD"), $"Feature {_next}", squash: _random.Next(2) == 0);
        }

        git.Push("development");
    }

    private void Feature() => git.Change(File(), _random.Next(30), $"feature {_next++}", $"feat: {_next}");

    private string File() => Files[_random.Next(Files.Length)];

    private async Task Hotfix()
    {
        var (text, how) = ($"fix {seed} {_next++}", _random.Next(4));
        // Some fixes are made on development first, and picked from there; some reach it by hand, too.
        git.Take(how == 0 ? "development" : "master");
        git.Git("switch", "--quiet", "--force-create", "fix");
        var (file, line) = (File(), _random.Next(30));
        var commit = git.Change(file, line, text, $"fix: {text}");
        if (how == 0)
            git.Push("development");
        if (how == 1)
        {
            git.Take("development");
            if (git.Tries("cherry-pick", commit))
                git.Push("development");
            else
                git.Git("cherry-pick", "--abort");
        }

        Assert.Empty(await CloneFacts.Prepare(git.Asked, ["master"], CancellationToken.None));
        var outcome = await new Hotfix(git.Asked, _pulls, "master").Run((await Fix.Find(git.Asked, commit, CancellationToken.None))!, CancellationToken.None);
        if (outcome is HotfixOutcome.Open open)
        {
            Merge(server.Work.Pulls.Single(pull => (int)pull["number"]! == open.Pull.Number), "master");
            Fixes.Add((text, $"{how} on {file}:{line}"));
        }
    }

    private void ReleaseAll()
    {
        git.Take("master");
        if (git.Tries("merge", "--quiet", "--no-ff", "--message", "Release", "origin/development"))
            git.Push("master");
        else
            git.Git("merge", "--abort");
    }

    private static bool Is(JsonObject pull, string into) => (string?)pull["state"] == "open" && (string?)pull["base"]!["ref"] == into;

    private void Merge(JsonObject pull, string into)
    {
        git.Take(into);
        var way = _random.Next(3);
        var branch = (string)pull["head"]!["ref"]!;
        var merged = way == 2
            ? git.Tries("cherry-pick", "--allow-empty", $"origin/{into}..origin/{branch}")
            : git.Tries(["merge", "--quiet", .. way == 0 ? Joined : Squashed, "--message", $"Merge {branch}", $"origin/{branch}"]);
        if (merged && way == 1)
            git.Git("commit", "--quiet", "--allow-empty", "--message", (string)pull["title"]!, "--message", git.Git("log", "-1", "--format=%b", $"origin/{branch}"));
        if (merged)
            git.Push(into);
        else
            git.Git("reset", "--quiet", "--hard", $"origin/{into}");
        // What does not merge any more is closed, and the next round tries again from where the branch is now.
        pull["state"] = "closed";
        git.Git("push", "--quiet", "origin", "--delete", branch);
    }

    private void Join(string into, string branch, string title, bool squash)
    {
        git.Git("switch", "--quiet", into);
        git.Git(["merge", "--quiet", .. squash ? Squashed : ["--no-ff", "--message", title], branch]);
        if (squash)
            git.Git("commit", "--quiet", "--allow-empty", "--message", title);
    }

    private static RepositoryName Repository() => RepositoryName.TryParse($"{FakeGitHub.Owner}/{FakeGitHub.Name}", out var repository) ? repository : default;
}
