using System.Text.Json.Nodes;
using WasmWizard.Delivery.GitHub.Api;

namespace WasmWizard.Delivery.GitHub.Protection;

/// <summary>The repository's own rulesets, brought into the shape of the wanted ones.</summary>
internal sealed class RulesetReading(IGitHubApi api, RepositoryName repository, Teams teams)
{
    // What the platform adds and nobody sets.
    private static readonly string[] Added = ["id", "name", "node_id", "source", "source_type", "created_at", "updated_at", "_links", "current_user_can_bypass"];

    /// <summary>Name and number of each, or why they cannot be listed.</summary>
    public async Task<(IReadOnlyList<(string Name, long Number)> Rulesets, string? Hidden)> List(CancellationToken cancellation)
    {
        var answer = await api.Read($"repos/{repository}/rulesets?includes_parents=false", cancellation);
        return answer is { Succeeded: true, Body: JsonArray list }
            ? ([.. list.Select(entry => (entry.Text("name") ?? "", entry.Number("id") ?? 0))], null)
            : ([], answer.Succeeded ? "the answer is no list" : answer.ToString());
    }

    public async Task<Observed> Read(long number, JsonObject wanted, CancellationToken cancellation)
    {
        var answer = await api.Read($"repos/{repository}/rulesets/{number}?includes_parents=false", cancellation);
        if (!answer.Succeeded || answer.Body is not JsonObject body)
            return Observed.Hidden(answer.ToString());
        var fields = (JsonObject)body.DeepClone();
        foreach (var name in Added)
            fields.Remove(name);
        if (fields["rules"] is JsonArray rules)
            fields["rules"] = ByType(rules, wanted["rules"] as JsonObject ?? []);
        return teams.Hidden is { } reason
            ? new(fields, new Dictionary<string, string> { ["rules.pull_request.required_reviewers"] = reason })
            : Observed.Seen(fields);
    }

    private JsonObject ByType(JsonArray rules, JsonObject wanted)
    {
        var types = new JsonObject();
        foreach (var rule in rules.OfType<JsonObject>())
        {
            var type = rule.Text("type") ?? "";
            while (types.ContainsKey(type))
                type += " again";
            types[type] = rule["parameters"]?.DeepClone() ?? new JsonObject();
            foreach (var (name, value) in rule.Where(field => field.Key is not ("type" or "parameters")))
                types[$"{type}, its {name}"] = value?.DeepClone();
        }

        foreach (var missing in wanted.Select(rule => rule.Key).Where(type => !types.ContainsKey(type)).ToList())
            types[missing] = null;
        foreach (var reviewer in types["pull_request"].Items("required_reviewers").Select(entry => entry.Field("reviewer")).OfType<JsonObject>())
        {
            reviewer["team"] = teams.NameOf(reviewer.Number("id"));
            reviewer.Remove("id");
        }

        return types;
    }
}
