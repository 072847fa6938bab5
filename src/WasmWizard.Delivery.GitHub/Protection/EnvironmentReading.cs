using System.Text.Json.Nodes;
using WasmWizard.Delivery.GitHub.Api;

namespace WasmWizard.Delivery.GitHub.Protection;

/// <summary>One environment of the platform, brought into the shape of the wanted ones. It takes four questions, and each may be refused alone.</summary>
internal sealed class EnvironmentReading(IGitHubApi api, RepositoryName repository, bool isAdmin)
{
    // What a rule may hold that is either compared or no setting.
    private static readonly string[] Known = ["id", "node_id", "type", "wait_timer", "prevent_self_review", "reviewers"];

    public string AddressOf(string name) => $"repos/{repository}/environments/{Uri.EscapeDataString(name)}";

    public async Task<(IReadOnlyList<string> Names, string? Hidden)> List(CancellationToken cancellation)
    {
        var answer = await api.Read($"repos/{repository}/environments", cancellation);
        return answer is { Succeeded: true } && answer.Body.Field("environments") is JsonArray list
            ? ([.. list.Select(entry => entry.Text("name") ?? "")], null)
            : ([], answer.ToString());
    }

    public async Task<Observed> Read(string name, CancellationToken cancellation)
    {
        var answer = await api.Read(AddressOf(name), cancellation);
        if (answer.Status == ApiAnswer.NotFound && isAdmin)
            return Observed.Absent;
        if (!answer.Succeeded || answer.Body is not JsonObject body)
            return Observed.Hidden(answer.ToString());
        var fields = Protection(body);
        var unseen = new Dictionary<string, string>();
        foreach (var (field, address, list) in new[] { ("sources", "deployment-branch-policies", "branch_policies"), ("secrets", "secrets", "secrets"), ("variables", "variables", "variables") })
        {
            var names = await api.Read($"{AddressOf(name)}/{address}", cancellation);
            if (names.Succeeded && names.Body.Field(list) is JsonArray entries)
                fields[field] = new JsonArray([.. entries.Select(entry => JsonValue.Create(field == "sources" ? Source(entry) : entry.Text("name")))]);
            else
                unseen[field] = names.ToString();
        }

        return new(fields, unseen);
    }

    /// <summary>The branches and tags that may deploy, with the platform's numbers for them.</summary>
    public async Task<IReadOnlyList<(string Source, long Number)>> Sources(string name, CancellationToken cancellation)
    {
        var answer = await api.Read($"{AddressOf(name)}/deployment-branch-policies", cancellation);
        return [.. answer.Body.Items("branch_policies").Select(entry => (Source(entry), entry.Number("id") ?? 0))];
    }

    private static string Source(JsonNode? entry) => WantedEnvironment.SourceOf(entry.Text("type") ?? "thing", entry.Text("name") ?? "");

    private static JsonObject Protection(JsonObject body)
    {
        var fields = new JsonObject();
        if (body.ContainsKey("deployment_branch_policy"))
            fields["deployment_branch_policy"] = body["deployment_branch_policy"]?.DeepClone();
        if (body.ContainsKey("can_admins_bypass"))
            fields["can_admins_bypass"] = body["can_admins_bypass"]?.DeepClone();
        if (body["protection_rules"] is not JsonArray rules)
            return fields;
        fields["wait_timer"] = 0;
        fields["prevent_self_review"] = false;
        fields["reviewers"] = new JsonArray();
        fields["limits_sources"] = false;
        foreach (var rule in rules.OfType<JsonObject>())
        {
            switch (rule.Text("type"))
            {
                case "wait_timer":
                    fields["wait_timer"] = rule["wait_timer"]?.DeepClone();
                    break;
                case "required_reviewers":
                    fields["prevent_self_review"] = rule["prevent_self_review"]?.DeepClone();
                    fields["reviewers"] = new JsonArray([.. rule.Items("reviewers").Select(entry => JsonValue.Create(Reviewer(entry)))]);
                    break;
                case "branch_policy":
                    fields["limits_sources"] = true;
                    break;
                case var other:
                    fields[$"rule {other}"] = rule.DeepClone();
                    break;
            }

            foreach (var (name, value) in rule.Where(field => !Known.Contains(field.Key)))
                fields[$"rule {rule.Text("type")}, its {name}"] = value?.DeepClone();
        }

        return fields;
    }

    private static string Reviewer(JsonNode? entry) => entry is JsonObject { Count: 2 } && entry.Text("type") == "Team"
        ? entry.Field("reviewer").Text("slug") ?? "a team without name"
        : $"{entry.Text("type")} {entry.Field("reviewer").Text("login") ?? entry?.ToJsonString()}";
}
