using System.Text.Json.Nodes;

namespace WasmWizard.Delivery.GitHub.Tests.Platform;

/// <summary>The settings of the fake's one repository and the teams of its owner, in the platform's recorded shapes.</summary>
internal sealed class FakeSettings
{
    private const string Repo = $"repos/{FakeGitHub.Owner}/{FakeGitHub.Name}";
    private int _next = 1000;

    public FakeSettings(FakeGitHub server)
    {
        Routes(server);
        RulesetRoutes(server);
        EnvironmentRoutes(server);
    }

    /// <summary>The repository's own document; a real one has about a hundred fields more.</summary>
    public JsonObject Repository { get; } = Parse(
        """
        {"id":1296269,"node_id":"R_1","name":"wasm","full_name":"wizards/wasm","private":true,"default_branch":"master","size":0,
         "allow_auto_merge":false,"allow_merge_commit":true,"allow_squash_merge":true,"allow_rebase_merge":true,"delete_branch_on_merge":false,
         "permissions":{"admin":true,"maintain":true,"push":true,"triage":true,"pull":true}}
        """);

    public JsonObject Actions { get; } = Parse("""{"enabled":true,"allowed_actions":"all","sha_pinning_required":false,"selected_actions_url":"https://api.github.com/x"}""");

    public JsonObject SelectedActions { get; } = Parse("""{"github_owned_allowed":true,"verified_allowed":true,"patterns_allowed":[]}""");

    public JsonObject WorkflowToken { get; } = Parse("""{"default_workflow_permissions":"write","can_approve_pull_request_reviews":true}""");

    /// <summary>As they are read one by one: with their rules and what the platform adds.</summary>
    public List<JsonObject> Rulesets { get; } = [];

    /// <summary>As they are read.</summary>
    public List<JsonObject> Environments { get; } = [];

    /// <summary>Per environment: branches and tags, secrets, variables.</summary>
    public Dictionary<(string Environment, string List), List<JsonObject>> Lists { get; } = [];

    public List<JsonObject> Teams { get; } =
    [
        .. new[] { "architecture", "release-managers", "security" }.Select((name, index) => new JsonObject { ["id"] = 71 + index, ["node_id"] = $"T_{index}", ["name"] = name, ["slug"] = name }),
    ];

    /// <summary>What nobody can write through the interface: the values of secrets are a person's, the bypass is a switch of the page.</summary>
    public void FillIn(string environment, IEnumerable<string> secrets, IEnumerable<string> variables, bool? adminsBypass = null)
    {
        List(environment, "secrets").AddRange(secrets.Select(name => new JsonObject { ["name"] = name, ["created_at"] = "2026-01-01T00:00:00Z", ["updated_at"] = "2026-01-01T00:00:00Z" }));
        List(environment, "variables").AddRange(variables.Select(name => new JsonObject { ["name"] = name, ["value"] = "a value", ["created_at"] = "2026-01-01T00:00:00Z" }));
        if (adminsBypass is { } bypass)
            Find(environment)!["can_admins_bypass"] = bypass;
    }

    public JsonObject? Find(string environment) => Environments.SingleOrDefault(entry => (string?)entry["name"] == environment);

    private void Routes(FakeGitHub server)
    {
        server.On("GET", Repo, _ => Found(Repository));
        server.On("PATCH", Repo, request => Merge(Repository, request, 200));
        foreach (var (path, document) in new[] { ("actions/permissions", Actions), ("actions/permissions/selected-actions", SelectedActions), ("actions/permissions/workflow", WorkflowToken) })
        {
            server.On("GET", $"{Repo}/{path}", _ => document == SelectedActions && (string?)Actions["allowed_actions"] != "selected"
                ? new(409, new JsonObject { ["message"] = "Conflict" }) : Found(document));
            server.On("PUT", $"{Repo}/{path}", request => document == SelectedActions && (string?)Actions["allowed_actions"] != "selected"
                ? new(409, new JsonObject { ["message"] = "Conflict" }) : Merge(document, request, 204));
        }

        server.On("GET", $"orgs/{FakeGitHub.Owner}/teams/{{team}}", request =>
            Teams.SingleOrDefault(team => (string?)team["slug"] == request.Parts[0] || (string?)team["formerly"] == request.Parts[0]) is { } team ? Found(team) : FakeGitHub.NotFound);
    }

    private void RulesetRoutes(FakeGitHub server)
    {
        server.On("GET", $"{Repo}/rulesets", _ => new(200, new JsonArray([.. Rulesets.Select(Brief)])));
        server.On("GET", $"{Repo}/rulesets/{{id}}", request => Rulesets.SingleOrDefault(entry => entry["id"]!.ToString() == request.Parts[0]) is { } ruleset ? Found(ruleset) : FakeGitHub.NotFound);
        server.On("POST", $"{Repo}/rulesets", request => Keep(new(), request, 201));
        server.On("PUT", $"{Repo}/rulesets/{{id}}", request =>
            Rulesets.SingleOrDefault(entry => entry["id"]!.ToString() == request.Parts[0]) is { } ruleset ? Keep(ruleset, request, 200) : FakeGitHub.NotFound);
    }

    // A list shows neither rules nor conditions.
    private static JsonObject Brief(JsonObject ruleset)
    {
        var brief = (JsonObject)ruleset.DeepClone();
        foreach (var field in new[] { "rules", "conditions", "bypass_actors" })
            brief.Remove(field);
        return brief;
    }

    private Answer Keep(JsonObject ruleset, Request request, int status)
    {
        var number = ruleset.ContainsKey("id") ? (int)ruleset["id"]! : _next++;
        ruleset.Clear();
        foreach (var (name, value) in (JsonObject)request.Body!)
            ruleset[name] = value?.DeepClone();
        ruleset["id"] = number;
        ruleset["source_type"] = "Repository";
        ruleset["source"] = $"{FakeGitHub.Owner}/{FakeGitHub.Name}";
        ruleset["node_id"] = $"RRS_{number}";
        ruleset["created_at"] = "2026-01-01T00:00:00.000-00:00";
        ruleset["updated_at"] = "2026-01-01T00:00:00.000-00:00";
        ruleset["current_user_can_bypass"] = "never";
        ruleset["_links"] = new JsonObject { ["self"] = new JsonObject { ["href"] = $"https://api.github.com/rulesets/{number}" } };
        if (status == 201)
            Rulesets.Add(ruleset);
        return new(status, ruleset.DeepClone());
    }

    private void EnvironmentRoutes(FakeGitHub server)
    {
        server.On("GET", $"{Repo}/environments", _ => Counted("environments", Environments));
        server.On("GET", $"{Repo}/environments/{{name}}", request => Find(request.Parts[0]) is { } environment ? Found(environment) : FakeGitHub.NotFound);
        server.On("PUT", $"{Repo}/environments/{{name}}", request => Keep(request.Parts[0], request));
        foreach (var (path, list) in new[] { ("deployment-branch-policies", "branch_policies"), ("secrets", "secrets"), ("variables", "variables") })
            server.On("GET", $"{Repo}/environments/{{name}}/{path}", request => Find(request.Parts[0]) is null ? FakeGitHub.NotFound : Counted(list, List(request.Parts[0], list)));
        server.On("POST", $"{Repo}/environments/{{name}}/deployment-branch-policies", request =>
        {
            var policy = new JsonObject { ["id"] = _next++, ["node_id"] = "P", ["name"] = (string?)request.Body!["name"], ["type"] = (string?)request.Body["type"] ?? "branch" };
            List(request.Parts[0], "branch_policies").Add(policy);
            return Found(policy);
        });
        server.On("DELETE", $"{Repo}/environments/{{name}}/deployment-branch-policies/{{id}}", request =>
            List(request.Parts[0], "branch_policies").RemoveAll(policy => policy["id"]!.ToString() == request.Parts[1]) > 0 ? new(204, null) : FakeGitHub.NotFound);
    }

    private Answer Keep(string name, Request request)
    {
        var environment = Find(name) ?? new() { ["id"] = _next++, ["node_id"] = "EN", ["name"] = name, ["url"] = "https://api.github.com/e", ["can_admins_bypass"] = true };
        var body = (JsonObject)request.Body!;
        var rules = new JsonArray();
        if ((int?)body["wait_timer"] is > 0 and var timer)
            rules.Add(new JsonObject { ["id"] = _next++, ["node_id"] = "GA", ["type"] = "wait_timer", ["wait_timer"] = timer });
        if (body["reviewers"] is JsonArray { Count: > 0 } reviewers)
        {
            rules.Add(new JsonObject
            {
                ["id"] = _next++,
                ["node_id"] = "GA",
                ["type"] = "required_reviewers",
                ["prevent_self_review"] = (bool?)body["prevent_self_review"] ?? false,
                ["reviewers"] = new JsonArray([.. reviewers.Select(reviewer => new JsonObject
                {
                    ["type"] = (string?)reviewer!["type"],
                    ["reviewer"] = Teams.Single(team => team["id"]!.ToString() == reviewer["id"]!.ToString()).DeepClone(),
                })]),
            });
        }

        environment["deployment_branch_policy"] = body["deployment_branch_policy"]?.DeepClone();
        if (environment["deployment_branch_policy"] is not null)
            rules.Add(new JsonObject { ["id"] = _next++, ["node_id"] = "GA", ["type"] = "branch_policy" });
        environment["protection_rules"] = rules;
        if (Find(name) is null)
            Environments.Add(environment);
        return Found(environment);
    }

    private static Answer Found(JsonObject document) => new(200, document.DeepClone());

    private static Answer Merge(JsonObject document, Request request, int status)
    {
        foreach (var (name, value) in (JsonObject)request.Body!)
            document[name] = value?.DeepClone();
        return new(status, status == 204 ? null : document.DeepClone());
    }

    private static Answer Counted(string name, List<JsonObject> entries) =>
        new(200, new JsonObject { ["total_count"] = entries.Count, [name] = new JsonArray([.. entries.Select(entry => entry.DeepClone())]) });

    public List<JsonObject> List(string environment, string list) =>
        Lists.TryGetValue((environment, list), out var entries) ? entries : Lists[(environment, list)] = [];

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
