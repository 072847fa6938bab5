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

    private readonly Random _random = new(seed);
    private readonly OriginWork _origin = new(git);
    private readonly PullRequests _pulls = new(new OctokitApi(FakeGitHub.Token, server.Address), Repository());
    private int _next;

    /// <summary>The text of each fix with the commit that was handed to Hotfix.</summary>
    public List<(string Text, string How)> Fixes { get; } = [];

    public async Task Play()
    {
        foreach (var file in Files)
            _origin.Change("master", file, 0, "begin", $"Begin {file}");
        _origin.Set("development", OriginWork.Ref("master"));
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
        var commits = _random.Next(1, 3);
        if (_random.Next(2) == 0)
        {
            Features("development", commits);
            return;
        }

        var branch = $"feature/{_next}";
        _origin.Set(branch, OriginWork.Ref("development"));
        Features(branch, commits);
        _ = _random.Next(2) == 0 ? _origin.Squash("development", branch, $"Feature {_next}") : _origin.Merge("development", branch, $"Feature {_next}");
        _origin.Delete(branch);
    }

    private void Features(string branch, int commits)
    {
        for (var commit = 0; commit < commits; commit++)
            _origin.Change(branch, File(), _random.Next(30), $"feature {_next++}", $"feat: {_next}");
    }

    private string File() => Files[_random.Next(Files.Length)];

    private async Task Hotfix()
    {
        var (text, how) = ($"fix {seed} {_next++}", _random.Next(4));
        // Some fixes are made on development first, and picked from there; some reach it by hand, too.
        var branch = how == 0 ? "development" : "fix";
        if (how != 0)
            _origin.Set(branch, OriginWork.Ref("master"));
        var (file, line) = (File(), _random.Next(30));
        var commit = _origin.Change(branch, file, line, text, $"fix: {text}");
        if (how == 1)
            _origin.PickAll("development", commit);
        Assert.Empty(await CloneFacts.Prepare(git.Asked, ["master"], CancellationToken.None));
        var outcome = await new Hotfix(git.Asked, _pulls, "master").Run((await Fix.Find(git.Asked, commit, CancellationToken.None))!, CancellationToken.None);
        if (outcome is HotfixOutcome.Open open)
        {
            Merge(server.Work.Pulls.Single(pull => (int)pull["number"]! == open.Pull.Number), "master");
            Fixes.Add((text, $"{how} on {file}:{line}"));
        }
    }

    private void ReleaseAll() => _origin.Merge("master", "development", "Release");

    private static bool Is(JsonObject pull, string into) => (string?)pull["state"] == "open" && (string?)pull["base"]!["ref"] == into;

    private void Merge(JsonObject pull, string into)
    {
        var branch = (string)pull["head"]!["ref"]!;
        _ = _random.Next(3) switch
        {
            0 => _origin.Merge(into, branch, $"Merge {branch}"),
            1 => _origin.Squash(into, branch, $"{pull["title"]}\n\n{_origin.Message(OriginWork.Ref(branch)).Split("\n\n", 2).ElementAtOrDefault(1)}"),
            _ => _origin.Rebase(into, branch),
        };
        // What does not merge any more is closed, and the next round tries again from where the branch is now.
        pull["state"] = "closed";
        _origin.Delete(branch);
    }

    private static RepositoryName Repository() => RepositoryName.TryParse($"{FakeGitHub.Owner}/{FakeGitHub.Name}", out var repository) ? repository : default;
}
