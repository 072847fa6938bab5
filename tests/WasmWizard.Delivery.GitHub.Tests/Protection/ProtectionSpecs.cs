using System.Text.Json;
using System.Text.Json.Nodes;
using WasmWizard.Delivery.GitHub.Pipelines;
using WasmWizard.Delivery.GitHub.Protection;
using WasmWizard.Delivery.GitHub.Tests.Platform;
using WasmWizard.Delivery.GitHub.Workflows;

namespace WasmWizard.Delivery.GitHub.Tests.Protection;

/// <summary>Review, write, read back; and what is said when the platform does not answer as hoped.</summary>
public sealed class ProtectionSpecs
{
    [Fact]
    public async Task An_untouched_repository_is_drift_everywhere_and_nothing_of_it_is_a_match_by_silence()
    {
        await using var server = await FakeGitHub.Start();

        var findings = await Protections.Review(server);

        Assert.DoesNotContain(findings, finding => finding.State == ProtectionState.Unknown);
        Assert.Contains(findings, finding => finding is { Setting: "ruleset master", State: ProtectionState.Drift, Found: "does not exist" });
        Assert.Contains(findings, finding => finding is { Setting: "environment production", State: ProtectionState.Drift });
        Assert.Contains(findings, finding => finding is { Setting: "actions.sha_pinning_required", State: ProtectionState.Drift, Wanted: "true" });
    }

    [Fact]
    public async Task What_is_applied_is_read_back_as_wanted_but_for_what_only_a_person_can_set()
    {
        await using var server = await FakeGitHub.Start();

        Assert.Empty(await Protections.Apply(server, byHand: false));

        var findings = await Protections.Review(server);
        Assert.All(findings.Where(finding => finding.State != ProtectionState.Match), finding =>
            Assert.Matches(@"\.(secrets|variables|can_admins_bypass)$", finding.Setting));
        Assert.Contains("gh secret set", ProtectionReport.Next(findings), StringComparison.Ordinal);
        await Protections.Apply(server);
        Assert.True(ProtectionReport.IsWhole(await Protections.Review(server)), string.Join('\n', ProtectionReport.Lines(await Protections.Review(server))));
    }

    [Fact]
    public async Task Applying_twice_writes_nothing_the_second_time()
    {
        await using var server = await FakeGitHub.Start();
        await Protections.Apply(server);
        server.Requests.Clear();

        Assert.Empty(await Protections.Apply(server, byHand: false));

        Assert.DoesNotContain(server.Requests, request => !request.StartsWith("GET ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_changed_setting_is_brought_back_alone()
    {
        await using var server = await FakeGitHub.Start();
        await Protections.Apply(server);
        server.Settings.WorkflowToken["default_workflow_permissions"] = "write";
        server.Requests.Clear();

        await Protections.Apply(server, byHand: false);

        Assert.Equal(["PUT repos/wizards/wasm/actions/permissions/workflow"], server.Requests.Where(request => !request.StartsWith("GET ", StringComparison.Ordinal)));
        Assert.True(ProtectionReport.IsWhole(await Protections.Review(server)));
    }

    [Fact]
    public async Task A_write_that_the_platform_accepts_and_does_not_keep_shows_when_it_is_read_back()
    {
        await using var server = await FakeGitHub.Start();
        server.Fault = (method, path) => method == "PATCH" && path == "repos/wizards/wasm" ? new(200, new JsonObject()) : null;

        Assert.Empty(await Protections.Apply(server));

        Assert.Contains(await Protections.Review(server), finding => finding is { Setting: "repository.allow_auto_merge", State: ProtectionState.Drift });
    }

    [Theory]
    [InlineData("repos/wizards/wasm/rulesets", "ruleset master.enforcement")]
    [InlineData("repos/wizards/wasm/actions/permissions", "actions.sha_pinning_required")]
    [InlineData("repos/wizards/wasm/environments/production", "environment production.reviewers")]
    [InlineData("repos/wizards/wasm/environments/production/secrets", "environment production.secrets")]
    [InlineData("repos/wizards/wasm/environments", "other environments")]
    [InlineData("orgs/wizards/teams/security", "team security")]
    [InlineData("orgs/wizards/teams/security", "ruleset master.rules.pull_request.required_reviewers")]
    public async Task What_the_token_may_not_see_is_unknown_and_never_a_match(string hidden, string setting)
    {
        await using var server = await FakeGitHub.Start();
        await Protections.Apply(server);
        server.Fault = (_, path) => path == hidden ? FakeGitHub.Forbidden : null;

        var findings = await Protections.Review(server);

        Assert.Contains(findings, finding => finding.Setting == setting && finding.State == ProtectionState.Unknown);
        Assert.False(ProtectionReport.IsWhole(findings));
        Assert.Contains("administration: read", ProtectionReport.Next(findings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_administrators_token_what_is_not_shown_is_unknown_instead_of_absent()
    {
        await using var server = await FakeGitHub.Start();
        server.Settings.Repository["permissions"]!["admin"] = false;

        var findings = await Protections.Review(server);

        Assert.Contains(findings, finding => finding is { Setting: "environment production.reviewers", State: ProtectionState.Unknown });
    }

    [Theory]
    [InlineData("limit")]
    [InlineData("server")]
    [InlineData("garbage")]
    [InlineData("list")]
    public async Task A_platform_that_answers_badly_makes_settings_unknown_and_nothing_crashes(string how)
    {
        await using var server = await FakeGitHub.Start();
        await Protections.Apply(server);
        server.Fault = (_, _) => how switch
        {
            "limit" => FakeGitHub.Limited,
            "server" => new(502, new JsonObject { ["message"] = "Server Error" }),
            "garbage" => new(200, null) { Text = "<html>" },
            _ => new(200, new JsonArray()),
        };

        var findings = await Protections.Review(server);

        Assert.DoesNotContain(findings, finding => finding.State == ProtectionState.Match);
        Assert.NotEmpty(findings);
    }

    [Theory]
    [InlineData(401, "WW2201")]
    [InlineData(404, "WW2202")]
    [InlineData(503, "WW2203")]
    public async Task What_cannot_be_reached_is_told_once_with_the_next_command(int status, string id)
    {
        await using var server = await FakeGitHub.Start();
        server.Fault = (_, _) => new(status, new JsonObject { ["message"] = "no" });

        var fault = Assert.Single(await Protections.Of(server).Reach(CancellationToken.None));

        Assert.Equal(id, fault.Id);
        Assert.NotEmpty(fault.Next);
    }

    [Fact]
    public async Task A_wrong_token_is_refused_and_appears_in_no_answer()
    {
        await using var server = await FakeGitHub.Start();

        var fault = Assert.Single(await Protections.Of(server, "a-wrong-token").Reach(CancellationToken.None));

        Assert.Equal("WW2201", fault.Id);
        Assert.DoesNotContain("a-wrong-token", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_at_the_address_is_told_as_such()
    {
        Uri address;
        await using (var server = await FakeGitHub.Start())
            address = server.Address;

        var answer = await new WasmWizard.Delivery.GitHub.Api.OctokitApi(FakeGitHub.Token, address).Read("repos/wizards/wasm", CancellationToken.None);

        Assert.Equal(0, answer.Status);
        Assert.NotEmpty(answer.Reason);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("PATCH")]
    public async Task A_person_who_stops_it_gets_no_answer_about_the_platform(string method)
    {
        using var stopped = new CancellationTokenSource();
        await using var server = await FakeGitHub.Start();
        server.Fault = (_, _) =>
        {
            stopped.Cancel();
            return null;
        };
        var api = new WasmWizard.Delivery.GitHub.Api.OctokitApi(FakeGitHub.Token, server.Address);
        if (method == "PATCH")
            await stopped.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => method == "GET"
            ? api.Read("repos/wizards/wasm", stopped.Token)
            : api.Write(method, "repos/wizards/wasm", new JsonObject(), stopped.Token));
    }

    [Fact]
    public async Task A_renamed_team_is_drift_with_its_new_name_and_no_rule_is_written_for_it()
    {
        await using var server = await FakeGitHub.Start();
        var team = server.Settings.Teams.Single(entry => (string?)entry["slug"] == "security");
        (team["slug"], team["name"], team["formerly"]) = ("guards", "guards", "security");

        var refused = await Protections.Apply(server);

        Assert.Contains(await Protections.Review(server), finding => finding is { Setting: "team security", State: ProtectionState.Drift, Found: "guards" });
        Assert.Contains(refused, line => line.StartsWith("ruleset master", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rulesets_and_environments_on_later_pages_are_seen()
    {
        await using var server = await FakeGitHub.Start();
        server.PageSize = 1;

        Assert.Empty(await Protections.Apply(server));

        Assert.True(ProtectionReport.IsWhole(await Protections.Review(server)), string.Join('\n', ProtectionReport.Lines(await Protections.Review(server))));
        Assert.Equal(4, server.Settings.Rulesets.Count);
    }

    [Fact]
    public async Task The_report_counts_and_its_document_holds_every_setting()
    {
        await using var server = await FakeGitHub.Start();
        var findings = await Protections.Review(server);

        using var json = JsonDocument.Parse(ProtectionReport.Json(findings));

        Assert.False(json.RootElement.GetProperty("whole").GetBoolean());
        Assert.Equal(findings.Count, json.RootElement.GetProperty("settings").GetArrayLength());
        Assert.Equal(findings.Count(finding => finding.State == ProtectionState.Drift), json.RootElement.GetProperty("drift").GetInt32());
        Assert.EndsWith("unknown", ProtectionReport.Lines(findings).Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_required_check_is_the_job_that_exists_and_research_asks_for_none()
    {
        var master = Protections.Wanted.Rulesets.Single(ruleset => ruleset.Name == "master").Fields["rules"]!;
        var context = (string?)master["required_status_checks"]!["required_status_checks"]![0]!["context"];

        Assert.Contains(PullRequestWorkflow.Of(Protections.Definition).Jobs, job => job.Id.ToString() == context);
        Assert.Equal(2, (int)master["pull_request"]!["required_approving_review_count"]!);
        Assert.Null(Protections.Wanted.Rulesets.Single(ruleset => ruleset.Name == "research").Fields["rules"]!["pull_request"]);
    }

    [Fact]
    public void Every_run_may_act_on_the_environments_that_its_jobs_name()
    {
        foreach (var seed in Enumerable.Range(0, 30))
        {
            var definition = RandomPipelines.Of(seed);
            var allowed = WantedEnvironment.Of(definition).ToDictionary(environment => environment.Name, environment => environment.Sources);
            foreach (var workflow in WorkflowFiles.Workflows(definition))
            {
                var started = workflow.Triggers.SelectMany(StartedOn).ToList();
                var named = workflow.Jobs.Concat(workflow.Jobs.SelectMany(job => job.Calls?.Jobs ?? [])).Select(job => job.Environment?.Name).OfType<string>();
                Assert.All(named, name => Assert.Subset(allowed[name].ToHashSet(), started.ToHashSet()));
            }
        }
    }

    private static IEnumerable<string> StartedOn(Trigger trigger) => trigger switch
    {
        Trigger.Push push => push.Branches.Select(branch => $"branch {branch}"),
        Trigger.Tag tag => tag.Patterns.Select(pattern => $"tag {pattern}"),
        Trigger.Dispatch or Trigger.Schedule => ["branch master"],
        _ => [],
    };

    [Fact]
    public void Owners_stand_in_the_file_with_their_paths()
    {
        var file = CodeOwnersFile.Of(Protections.Definition.Strategy, "wizards");

        Assert.Equal(".github/CODEOWNERS", file.Path);
        Assert.Contains("/build/Strategy.cs @wizards/architecture\n", file.Content, StringComparison.Ordinal);
        Assert.Contains("/k8s/              @wizards/security\n", file.Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wizards/wasm", true)]
    [InlineData("https://github.com/wizards/wasm.git", true)]
    [InlineData("https://somebody:secret@github.com/wizards/wasm", true)]
    [InlineData("git@github.com:wizards/wasm.git", true)]
    [InlineData("ssh://git@github.com/wizards/wasm", true)]
    [InlineData("", false)]
    [InlineData("wasm", false)]
    [InlineData("/srv/git/wasm.git", false)]
    public void A_repository_is_known_by_every_way_to_write_its_address(string text, bool known)
    {
        Assert.Equal(known, WasmWizard.Delivery.GitHub.Api.RepositoryName.TryParse(text, out var repository));
        Assert.Equal(known ? "wizards/wasm" : "/", repository.ToString());
    }
}
