namespace WasmWizard.Tests.BuildEngine.Hosts;

/// <summary>The GitHub host: groups and annotations as in NUKE; masks and the step summary, which NUKE does not write.</summary>
public sealed class GitHubSpecs : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    private sealed class Hosted : NotingBuild
    {
        [CI] private readonly GitHubActions? Injected;

        private Target Talk => _ => _.Executes(() =>
        {
            Log.Warning("careful: 100%\nsecond");
            Log.Error("wrong");
            GitHubActions.Instance?.WriteDebug("deep");
            Host.ReportWarning("host warning", "details");
            Host.ReportError("host error");
            Notes.Add($"{Injected == GitHubActions.Instance} {IsServerBuild} {Host}");
            ReportSummary(_ => _.AddPair("A|B", "1"));
        });

        private Target Facts => _ => _.Executes(() =>
        {
            var host = GitHubActions.Instance!;
            Notes.Add(string.Join('|', host.Actor, host.Action, host.BaseRef, host.EventName, host.HeadRef, host.Job, host.Ref, host.RefName, host.RefType, host.Repository, host.RepositoryOwner));
            Notes.Add(string.Join('|', host.RunAttempt, host.RunId, host.RunNumber, host.ServerUrl, host.Sha, host.Token, host.Workflow, host.Workspace, host.IsPullRequest, host.PullRequestAction, host.PullRequestNumber));
            Notes.Add($"{((IBuildServer)host).Branch}|{((IBuildServer)host).Commit}");
        });
    }

    [Fact]
    public void A_target_is_a_group_and_warnings_and_errors_are_annotations_in_place_of_lines()
    {
        _sandbox.Environment["GITHUB_ACTIONS"] = "true";
        _sandbox.Environment["GITHUB_STEP_SUMMARY"] = _sandbox.Root / "summary.md";
        var result = _sandbox.Run<Hosted>("Talk");
        Assert.Equal("True True GitHubActions", result.Order);
        foreach (var line in new[] { "::group::Talk", "::warning::careful: 100%25%0Asecond", "::error::wrong", "::debug::deep", "::warning::host warning%0Adetails", "::error::host error", "::endgroup::Talk" })
            Assert.Contains(line, result.Out.Split(Environment.NewLine));
        Assert.DoesNotContain("[WRN]", result.Out);
        var summary = (_sandbox.Root / "summary.md").ReadAllText();
        Assert.Contains("| Talk | Succeeded | < 1 s | A\\|B: 1 |", summary);
        Assert.Contains("Build succeeded.", summary);
    }

    [Fact]
    public void Elsewhere_there_is_no_GitHub_and_the_host_can_be_named()
    {
        Assert.Equal("True False Terminal", _sandbox.Run<Hosted>("Talk").Order);
        Assert.Equal("True True GitHubActions", _sandbox.Run<Hosted>("Talk --host github-actions").Order);
        _sandbox.Environment["GITHUB_ACTIONS"] = "true";
        Assert.Equal("True False Terminal", _sandbox.Run<Hosted>("Talk --host terminal").Order);
    }

    [Fact]
    public void Facts_come_from_the_runners_variables()
    {
        var names = "ACTOR ACTION BASE_REF HEAD_REF JOB REF REF_NAME REPOSITORY REPOSITORY_OWNER SERVER_URL SHA TOKEN WORKFLOW WORKSPACE";
        foreach (var name in names.Split(' '))
            _sandbox.Environment["GITHUB_" + name] = name.ToLowerInvariant();
        foreach (var (name, value) in new[] { ("ACTIONS", "true"), ("EVENT_NAME", "push"), ("REF_TYPE", "branch"), ("RUN_ID", "7"), ("RUN_NUMBER", "8"), ("RUN_ATTEMPT", "x") })
            _sandbox.Environment["GITHUB_" + name] = value;
        Assert.Equal(
            ["actor|action|base_ref|push|head_ref|job|ref|ref_name|branch|repository|repository_owner", "|7|8|server_url|sha|token|workflow|workspace|False||", "ref_name|sha"],
            _sandbox.Run<Hosted>("Facts").Notes);

        _sandbox.Environment["GITHUB_EVENT_NAME"] = "pull_request";
        _sandbox.Environment["GITHUB_EVENT_PATH"] = (_sandbox.Root / "event.json").WriteAllText("""{ "action": "opened", "number": 12 }""");
        var notes = _sandbox.Run<Hosted>("Facts").Notes;
        Assert.EndsWith("|True|opened|12", notes[1]);
        Assert.Equal("head_ref|sha", notes[2]);
    }

    [Fact]
    public void A_failure_is_in_the_step_summary_with_the_next_command()
    {
        _sandbox.Environment["GITHUB_ACTIONS"] = "true";
        _sandbox.Environment["GITHUB_STEP_SUMMARY"] = _sandbox.Root / "summary.md";
        _sandbox.Run<Broken>("Break");
        var summary = (_sandbox.Root / "summary.md").ReadAllText();
        Assert.Contains("| Break | Failed |", summary);
        Assert.Contains("Next: " + Commands.Script + " Break", summary);
    }

    private sealed class Broken : NotingBuild
    {
        private Target Break => _ => _.Executes(() => throw new BuildFailedException(3, "refused"));
    }
}
