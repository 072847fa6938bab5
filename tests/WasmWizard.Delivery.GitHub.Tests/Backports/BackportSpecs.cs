using WasmWizard.Delivery.GitHub.Api;
using WasmWizard.Delivery.GitHub.Backports;
using WasmWizard.Delivery.GitHub.Git;
using WasmWizard.Delivery.GitHub.Tests.Git;
using WasmWizard.Delivery.GitHub.Tests.Platform;

namespace WasmWizard.Delivery.GitHub.Tests.Backports;

/// <summary>One case each: what counts as there, what is opened, what is refused before anything is pushed.</summary>
public sealed class BackportSpecs : IDisposable
{
    private readonly GitSandbox _git = new();

    public BackportSpecs()
    {
        _git.Change("app", 0, "begin", "Begin");
        _git.Push("master");
        _git.Push("development");
        _git.Git("fetch", "--quiet", "origin");
    }

    [Fact]
    public async Task The_same_change_elsewhere_in_the_file_is_the_same_change()
    {
        OnMaster(() => _git.Change("app", 20, "mended", "fix: mend"));
        OnDevelopment(() =>
        {
            _git.Change("app", 1, "moved", "feat: above");
            _git.Change("app", 20, "mended", "fix: mend it here, too");
        });

        Assert.StartsWith("the same change as", Assert.Single(await Proofs()).Proof, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_message_with_another_change_is_missing()
    {
        OnMaster(() => _git.Change("app", 20, "mended", "fix: mend"));
        OnDevelopment(() => _git.Change("app", 21, "mended otherwise", "fix: mend"));

        Assert.False(Assert.Single(await Proofs()).IsThere);
    }

    [Fact]
    public async Task A_resolved_conflict_counts_by_the_note_in_its_message()
    {
        var fix = "";
        OnMaster(() => fix = _git.Change("app", 20, "mended", "fix: mend"));
        OnDevelopment(() => _git.Change("app", 20, "mended for the new shape", $"fix: mend\n\n(cherry picked from commit {fix})"));

        Assert.StartsWith("picked as", Assert.Single(await Proofs()).Proof, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_release_that_merged_development_brings_nothing_back()
    {
        OnDevelopment(() =>
        {
            _git.Change("app", 3, "feature", "feat: new");
            _git.Change("app", 9, "another", "feat: another");
        });
        OnMaster(() => _git.Git("merge", "--quiet", "--no-ff", "--message", "Release", "origin/development"));

        Assert.Equal("merged from origin/development", Assert.Single(await Proofs()).Proof);
    }

    [Fact]
    public async Task A_merged_fix_of_two_commits_is_there_when_both_are()
    {
        MergePair();
        Assert.False(Assert.Single(await Proofs()).IsThere);

        OnDevelopment(() => _git.Git("cherry-pick", "pair~1", "pair"));

        Assert.True(Assert.Single(await Proofs()).IsThere);
    }

    [Fact]
    public async Task A_merge_is_picked_as_what_it_brought_and_asked_to_merge_by_itself()
    {
        MergePair();
        await using var server = await FakeGitHub.Start();

        var open = Assert.IsType<BackportOutcome.Open>(Assert.Single(await Backport(server)));

        Assert.False(open.Pull.IsDraft);
        Assert.Contains("POST graphql", server.Requests);
        var picked = _git.Git("ls-remote", "--heads", "origin", $"backport/{open.Fix.Brief}").Split('\t')[0];
        _git.Git("fetch", "--quiet", "origin");
        Assert.Equal("2", _git.Git("diff", "--numstat", "origin/development", picked).Split('\t')[0]);
    }

    [Fact]
    public async Task A_conflict_becomes_a_draft_that_names_files_and_the_way_out()
    {
        OnMaster(() => _git.Change("app", 20, "mended", "fix: mend"));
        OnDevelopment(() => _git.Change("app", 20, "other", "feat: other"));
        await using var server = await FakeGitHub.Start();

        var open = Assert.IsType<BackportOutcome.Open>(Assert.Single(await Backport(server)));

        Assert.True(open.Pull.IsDraft);
        Assert.Equal(["app"], open.Conflicts);
        Assert.Contains($"git switch backport/{open.Fix.Brief}", (string)server.Work.Pulls.Single()["body"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("POST graphql", server.Requests);
        Assert.Contains($"(cherry picked from commit {open.Fix.Commit})", _git.Run(_git.Origin, "log", "-1", "--format=%B", $"backport/{open.Fix.Brief}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Running_it_again_opens_nothing_twice()
    {
        OnMaster(() => _git.Change("app", 20, "mended", "fix: mend"));
        await using var server = await FakeGitHub.Start();
        await Backport(server);

        await Backport(server);

        Assert.Single(server.Work.Pulls);
        Assert.Empty(_git.Git("worktree", "list").Split('\n').Skip(1));
    }

    [Fact]
    public async Task A_hotfix_goes_to_a_branch_off_master_alone_and_a_pull_request_into_it()
    {
        OnDevelopment(() => _git.Change("app", 3, "feature", "feat: new"));
        var fix = "";
        OnDevelopment(() => fix = _git.Change("app", 20, "mended", "fix: stop the Leak!"));
        await using var server = await FakeGitHub.Start();

        var open = Assert.IsType<HotfixOutcome.Open>(await Hotfix(server, fix));

        Assert.Equal($"hotfix/fix-stop-the-leak-{fix[..8]}", open.Branch);
        var pull = server.Work.Pulls.Single();
        Assert.Equal(("master", open.Branch), ((string?)pull["base"]!["ref"], (string?)pull["head"]!["ref"]));
        var lines = _git.Run(_git.Origin, "show", $"{open.Branch}:app").Split('\n');
        Assert.Equal(("mended", "line 3"), (lines[20], lines[3]));
    }

    [Fact]
    public async Task A_hotfix_that_does_not_apply_is_refused_before_anything_is_pushed()
    {
        OnMaster(() => _git.Change("app", 20, "other", "feat: other"));
        var fix = "";
        OnDevelopment(() => fix = _git.Change("app", 20, "mended", "fix: mend"));
        await using var server = await FakeGitHub.Start();

        var refused = Assert.IsType<HotfixOutcome.Refused>(await Hotfix(server, fix));

        Assert.Equal("WW2311", refused.Fault.Id);
        Assert.Empty(server.Work.Pulls);
        Assert.Empty(_git.Git("ls-remote", "--heads", "origin", "hotfix/*"));
    }

    [Fact]
    public async Task A_hotfix_that_is_there_needs_none()
    {
        var fix = "";
        OnMaster(() => fix = _git.Change("app", 20, "mended", "fix: mend"));
        await using var server = await FakeGitHub.Start();

        Assert.IsType<HotfixOutcome.Present>(await Hotfix(server, fix));
        Assert.Empty(server.Work.Pulls);
    }

    [Fact]
    public async Task A_refused_pull_request_is_told_and_the_next_run_goes_on_from_there()
    {
        OnMaster(() => _git.Change("app", 20, "mended", "fix: mend"));
        await using var server = await FakeGitHub.Start();
        server.Fault = (method, path) => method == "POST" && path.EndsWith("/pulls", StringComparison.Ordinal) ? FakeGitHub.Forbidden : null;
        var fault = await Assert.ThrowsAsync<PlatformException>(() => Backport(server));
        Assert.Contains("Resource not accessible", fault.Message, StringComparison.Ordinal);

        server.Fault = (_, _) => null;
        await Backport(server);

        Assert.Single(server.Work.Pulls);
    }

    [Fact]
    public async Task A_worktree_with_a_detached_head_will_do()
    {
        OnMaster(() => _git.Change("app", 20, "mended", "fix: mend"));
        var linked = Path.Combine(Path.GetDirectoryName(_git.Clone)!, "linked");
        _git.Git("worktree", "add", "--quiet", "--detach", linked, "origin/development");
        await using var server = await FakeGitHub.Start();

        Assert.Empty(await CloneFacts.Prepare(new(linked), ["master", "development"], CancellationToken.None));
        var proof = Assert.Single(await new FixComparison(new(linked), "origin/master", "origin/development").All(CancellationToken.None));
        Assert.IsType<BackportOutcome.Open>(Assert.Single(await new Backporting(new(linked), Pulls(server), "development").Run([proof.Fix], CancellationToken.None)));
    }

    [Fact]
    public async Task A_shallow_clone_and_missing_branches_are_told_at_once()
    {
        _git.Change("app", 1, "more", "More");
        _git.Push("master");
        var shallow = Path.Combine(Path.GetDirectoryName(_git.Clone)!, "shallow");
        _git.Run(Path.GetDirectoryName(_git.Clone)!, "clone", "--quiet", "--depth", "1", $"file://{_git.Origin}", shallow);

        var faults = await CloneFacts.Prepare(new(shallow), ["master", "nowhere"], CancellationToken.None);

        Assert.Equal(["WW2303", "WW2304"], faults.Select(fault => fault.Id));
    }

    [Fact]
    public async Task What_is_no_clone_or_has_no_origin_is_told()
    {
        var folder = Directory.CreateTempSubdirectory("wasm-wizard-none-").FullName;
        Assert.Equal("WW2301", Assert.Single(await CloneFacts.Prepare(new(folder), ["master"], CancellationToken.None)).Id);
        _git.Run(folder, "init", "--quiet");
        Assert.Equal("WW2302", Assert.Single(await CloneFacts.Prepare(new(folder), ["master"], CancellationToken.None)).Id);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_credential_reaches_git_for_its_server_alone_and_never_as_an_argument()
    {
        var clone = new GitClone(_git.Clone, new(new("https://github.example/wizards"), "the-token"));

        var header = await clone.Ask(CancellationToken.None, "config", "--get-urlmatch", "http.extraheader", "https://github.example/wizards/wasm");

        Assert.Equal("AUTHORIZATION: basic eC1hY2Nlc3MtdG9rZW46dGhlLXRva2Vu", header);
        Assert.Null(await clone.Find(CancellationToken.None, "config", "--get-urlmatch", "http.extraheader", "https://elsewhere.example/"));
        var fault = await Assert.ThrowsAsync<GitException>(() => clone.Ask(CancellationToken.None, "frobnicate"));
        Assert.DoesNotContain("the-token", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing-like-it")]
    [InlineData("--all")]
    [InlineData("HEAD:app")]
    public async Task What_is_no_commit_is_found_to_be_none(string revision) => Assert.Null(await Fix.Find(_git.Asked, revision, CancellationToken.None));

    public void Dispose() => _git.Dispose();

    private void MergePair() => OnMaster(() =>
    {
        _git.Git("switch", "--quiet", "--create", "pair");
        _git.Change("app", 10, "first", "fix: first");
        _git.Change("app", 20, "second", "fix: second");
        _git.Git("switch", "--quiet", "master");
        _git.Git("merge", "--quiet", "--no-ff", "--message", "Merge pair", "pair");
    });

    private void OnMaster(Action work) => On("master", work);

    private void OnDevelopment(Action work) => On("development", work);

    private void On(string branch, Action work)
    {
        _git.Take(branch);
        work();
        _git.Push(branch);
        _git.Git("fetch", "--quiet", "origin");
    }

    private Task<IReadOnlyList<FixProof>> Proofs() => new FixComparison(_git.Asked, "origin/master", "origin/development").All(CancellationToken.None);

    private async Task<IReadOnlyList<BackportOutcome>> Backport(FakeGitHub server) =>
        await new Backporting(_git.Asked, Pulls(server), "development").Run((await Proofs()).Where(proof => !proof.IsThere).Select(proof => proof.Fix), CancellationToken.None);

    private async Task<HotfixOutcome> Hotfix(FakeGitHub server, string commit) =>
        await new Hotfix(_git.Asked, Pulls(server), "master").Run((await Fix.Find(_git.Asked, commit, CancellationToken.None))!, CancellationToken.None);

    private static PullRequests Pulls(FakeGitHub server) =>
        new(new OctokitApi(FakeGitHub.Token, server.Address), RepositoryName.TryParse($"{FakeGitHub.Owner}/{FakeGitHub.Name}", out var repository) ? repository : default);
}
