namespace WasmWizard.Tests.BuildEngine.Model;

/// <summary>Git facts. Better than NUKE: worktrees and detached heads work.</summary>
public sealed class GitSpecs : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    private sealed class Facts : NotingBuild, IHazGitRepository
    {
        [GitRepository] private readonly GitRepository? Repository;

        private Target Show => _ => _.Executes(() =>
        {
            var git = Repository!;
            Notes.Add($"{git.Branch}|{git.Head}|{git.Commit?.Length}|{string.Join(',', git.Tags)}|{git.RemoteName}|{git.RemoteBranch}|{git.Identifier}|{git.Protocol}|{git.LocalDirectory == RootDirectory}");
            Notes.Add($"{((IHazGitRepository)this).GitRepository.Commit == GitTasks.GitCurrentCommit()} {GitTasks.GitCurrentBranch()} {GitTasks.GitHasCleanWorkingCopy()}");
        });
    }

    private sealed class Git : NotingBuild
    {
        [Parameter(Separator = ";")] private readonly string[] Commands = [];

        private Target Run => _ => _.Executes(() => Commands.ForEach(command => GitTasks.Git(command.Replace('_', ' '))));
    }

    private void Prepare(string commands)
    {
        var result = _sandbox.Run<Git>($"Run --commands {commands.Replace(' ', '_').Replace("_;_", ";", StringComparison.Ordinal)}");
        Assert.True(result.ExitCode == 0, result.All);
    }

    private const string Init = "init -q -b trunk ; config user.name n ; config user.email e@x ; config commit.gpgsign false ; commit -q --allow-empty -m first";

    private RunResult Show() => _sandbox.Run<Facts>("Show");

    [Fact]
    public void A_clone_on_a_branch()
    {
        (_sandbox.Root / ".nuke" / ".gitignore").WriteAllText("*");
        (_sandbox.Root / "artifacts" / ".gitignore").WriteAllText("*");
        Prepare(Init + " ; tag v1 ; tag v2 ; remote add origin git@host.example:owner/name.git");
        Assert.Equal(["trunk|refs/heads/trunk|40|v1,v2|origin||owner/name|Ssh|True", "True trunk True"], Show().Notes);
    }

    [Fact]
    public void A_detached_head_has_no_branch_unless_the_server_names_it()
    {
        Prepare(Init + " ; checkout -q --detach");
        Assert.StartsWith("||40||||||True", Show().Notes[0]);
        foreach (var (name, value) in new[] { ("GITHUB_ACTIONS", "true"), ("GITHUB_REF_NAME", "main"), ("GITHUB_REF_TYPE", "branch") })
            _sandbox.Environment[name] = value;
        Assert.StartsWith("main||40|", Show().Notes[0]);
    }

    [Fact]
    public void A_worktree_and_a_followed_branch()
    {
        Prepare(Init + " ; worktree add -q -b side tree trunk ; branch -q --set-upstream-to=trunk side");
        (_sandbox.Root / "tree" / ".nuke").CreateDirectory();
        using var output = new StringWriter();
        var notes = Notes.Begin();
        Assert.Equal(0, NukeBuild.Execute<Facts>(_sandbox.Invocation("Show", output, output) with { WorkingDirectory = _sandbox.Root / "tree" }));
        Assert.StartsWith("side|refs/heads/side|40||", notes[0]);
        Assert.EndsWith("|True", notes[0]);
    }

    [Fact]
    public void A_branch_that_follows_a_remote_one_knows_it()
    {
        Prepare(Init + " ; remote add up https://host.example/a/b ; update-ref refs/remotes/up/far HEAD ; branch -q --set-upstream-to=up/far");
        Assert.Equal("trunk|refs/heads/trunk|40||up|far|a/b|Https|True", Show().Notes[0]);
    }

    [Fact]
    public void Outside_of_a_clone_the_member_stays_empty()
    {
        var result = Show();
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("is in no git clone", result.Out);
    }

    [Theory]
    [InlineData("https://github.com/owner/name.git", "github.com", "owner/name", GitProtocol.Https)]
    [InlineData("https://user@host.example/group/sub/name", "host.example", "group/sub/name", GitProtocol.Https)]
    [InlineData("git@github.com:owner/name", "github.com", "owner/name", GitProtocol.Ssh)]
    [InlineData("ssh://git@host.example:2222/owner/name.git/", "host.example", "owner/name", GitProtocol.Ssh)]
    public void Addresses_of_remotes(string url, string endpoint, string identifier, GitProtocol protocol)
    {
        var git = GitRepository.FromUrl(url, "hotfix/x");
        Assert.Equal((endpoint, identifier, protocol), (git.Endpoint, git.Identifier, git.Protocol));
        Assert.Equal(($"https://{endpoint}/{identifier}.git", $"git@{endpoint}:{identifier}.git"), (git.HttpsUrl, git.SshUrl));
        Assert.True(git.IsOnHotfixBranch());
    }

    [Theory]
    [InlineData("main", "main mainOrMaster")]
    [InlineData("master", "master mainOrMaster")]
    [InlineData("development", "develop")]
    [InlineData("release/1", "release")]
    [InlineData("features/1", "feature")]
    [InlineData("other", "")]
    public void Branches_by_their_usual_names(string branch, string kinds)
    {
        var git = GitRepository.FromUrl("git@github.com:owner/name", branch);
        var found = new (string Kind, bool Is)[]
        {
            ("main", git.IsOnMainBranch()), ("master", git.IsOnMasterBranch()), ("mainOrMaster", git.IsOnMainOrMasterBranch()), ("develop", git.IsOnDevelopBranch()),
            ("release", git.IsOnReleaseBranch()), ("hotfix", git.IsOnHotfixBranch()), ("feature", git.IsOnFeatureBranch()),
        };
        Assert.Equal(kinds, string.Join(' ', found.Where(pair => pair.Is).Select(pair => pair.Kind)));
        Assert.Equal(("owner", "name"), (git.GetGitHubOwner(), git.GetGitHubName()));
        Assert.Throws<ArgumentException>(() => GitRepository.FromUrl("/some/folder"));
        Assert.Null(new GitRepository().HttpsUrl ?? new GitRepository().SshUrl);
    }
}
