using System.Text.Json.Nodes;
using WasmWizard.Delivery.GitHub.Api;

namespace WasmWizard.Delivery.GitHub.Protection;

/// <summary>The teams that the strategy names, with the platform's numbers for them.</summary>
internal sealed class Teams
{
    private readonly Dictionary<string, long> _numbers = [];
    private readonly Dictionary<string, string> _hidden = [];

    private Teams(List<ProtectionFinding> findings) => Findings = findings;

    /// <summary>One per team: it exists, it does not, or the token may not see it.</summary>
    public IReadOnlyList<ProtectionFinding> Findings { get; }

    /// <summary>Why one of these teams could not be looked up; null when all were, found or not.</summary>
    public string? Hidden => _hidden.Values.FirstOrDefault();

    public static async Task<Teams> Read(IGitHubApi api, string organization, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var findings = new List<ProtectionFinding>();
        var teams = new Teams(findings);
        foreach (var name in names)
        {
            var answer = await api.Read($"orgs/{organization}/teams/{Uri.EscapeDataString(name)}", cancellation);
            // A renamed team answers by a redirect or under its old address with its new name.
            var slug = answer.Body.Text("slug");
            if (answer.Succeeded && slug == name && answer.Body.Number("id") is { } number)
                teams._numbers[name] = number;
            else if (!answer.Succeeded && answer.Status != ApiAnswer.NotFound)
                teams._hidden[name] = answer.ToString();
            findings.Add(new(
                teams._numbers.ContainsKey(name) ? ProtectionState.Match : teams._hidden.ContainsKey(name) ? ProtectionState.Unknown : ProtectionState.Drift,
                $"team {name}", "a team of the organisation", answer.Succeeded ? slug ?? "no name" : answer.ToString()));
        }

        return teams;
    }

    public long? NumberOf(string team) => _numbers.TryGetValue(team, out var number) ? number : null;

    public string NameOf(long? number) => _numbers.FirstOrDefault(team => team.Value == number) is { Key: { } name } ? name : $"team {number}";

    /// <summary>A copy of a ruleset's rules in which every team stands by its number; null when one has none.</summary>
    public JsonObject? WithNumbers(JsonObject rules)
    {
        var copy = (JsonObject)rules.DeepClone();
        foreach (var reviewer in (copy["pull_request"]?["required_reviewers"] as JsonArray ?? []).Select(entry => (JsonObject)entry!["reviewer"]!))
        {
            if (NumberOf((string)reviewer["team"]!) is not { } number)
                return null;
            reviewer.Remove("team");
            reviewer["id"] = number;
        }

        return copy;
    }
}
