using System.Globalization;
using System.Text.Json.Nodes;
using WasmWizard.Delivery.GitHub.Api;

namespace WasmWizard.Delivery.GitHub.Protection;

/// <summary>
/// Brings the platform's settings to what the strategy asks for. It removes no ruleset and no environment that somebody made by hand, and it
/// knows the names of secrets but no value: those stay drift until a person has acted. What was written is proven by reading it back.
/// </summary>
public sealed class ProtectionWriting(IGitHubApi api, RepositoryName repository, WantedProtection wanted)
{
    /// <returns>Every write that was refused, in a person's words; what the others did shows only the next review.</returns>
    public async Task<IReadOnlyList<string>> Apply(IReadOnlyList<ProtectionFinding> review, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(review);
        var refused = new List<string>();
        var teams = await Teams.Read(api, repository.Owner, wanted.Teams, cancellation);
        foreach (var document in wanted.Documents.Where(document => Differs(review, document.Name)))
            await Write(document.Method, string.Format(CultureInfo.InvariantCulture, document.Address, repository), document.Fields, document.Name, refused, cancellation);
        await Rulesets(review, teams, refused, cancellation);
        await Environments(review, teams, refused, cancellation);
        return refused;
    }

    private async Task Rulesets(IReadOnlyList<ProtectionFinding> review, Teams teams, List<string> refused, CancellationToken cancellation)
    {
        var (present, hidden) = await new RulesetReading(api, repository, teams).List(cancellation);
        foreach (var ruleset in wanted.Rulesets.Where(ruleset => Differs(review, $"ruleset {ruleset.Name}")))
        {
            var name = $"ruleset {ruleset.Name}";
            var rules = teams.WithNumbers((JsonObject)ruleset.Fields["rules"]!);
            if (hidden is not null || rules is null)
            {
                refused.Add($"{name}: {hidden ?? "a team that it names was not found"}");
                continue;
            }

            var body = (JsonObject)ruleset.Fields.DeepClone();
            body["name"] = ruleset.Name;
            body["rules"] = new JsonArray([.. rules.Select(Rule)]);
            var number = present.FirstOrDefault(other => other.Name == ruleset.Name).Number;
            await Write(number == 0 ? "POST" : "PUT", $"repos/{repository}/rulesets{(number == 0 ? "" : $"/{number}")}", body, name, refused, cancellation);
        }
    }

    private static JsonObject Rule(KeyValuePair<string, JsonNode?> rule)
    {
        var written = new JsonObject { ["type"] = rule.Key };
        if (rule.Value is JsonObject { Count: > 0 } parameters)
            written["parameters"] = parameters.DeepClone();
        return written;
    }

    private async Task Environments(IReadOnlyList<ProtectionFinding> review, Teams teams, List<string> refused, CancellationToken cancellation)
    {
        var reading = new EnvironmentReading(api, repository, isAdmin: true);
        foreach (var environment in wanted.Environments.Where(environment => Differs(review, $"environment {environment.Name}")))
        {
            var name = $"environment {environment.Name}";
            var approvers = teams.NumberOf(wanted.Approvers);
            if (environment.NeedsApproval && approvers is null)
            {
                refused.Add($"{name}: the team {wanted.Approvers} was not found");
                continue;
            }

            var fields = environment.Fields(wanted.Approvers);
            await Write("PUT", reading.AddressOf(environment.Name), new JsonObject
            {
                ["wait_timer"] = 0,
                ["prevent_self_review"] = environment.NeedsApproval,
                ["can_admins_bypass"] = !environment.NeedsApproval,
                ["reviewers"] = environment.NeedsApproval ? new JsonArray(new JsonObject { ["type"] = "Team", ["id"] = approvers }) : new JsonArray(),
                ["deployment_branch_policy"] = fields["deployment_branch_policy"]!.DeepClone(),
            }, name, refused, cancellation);
            await Sources(reading, environment, refused, cancellation);
        }
    }

    private async Task Sources(EnvironmentReading reading, WantedEnvironment environment, List<string> refused, CancellationToken cancellation)
    {
        var address = $"{reading.AddressOf(environment.Name)}/deployment-branch-policies";
        var present = await reading.Sources(environment.Name, cancellation);
        foreach (var source in environment.Sources.Except(present.Select(other => other.Source)))
        {
            var words = source.Split(' ', 2);
            await Write("POST", address, new JsonObject { ["name"] = words[1], ["type"] = words[0] }, $"{source} of environment {environment.Name}", refused, cancellation);
        }

        foreach (var (source, number) in present.Where(other => !environment.Sources.Contains(other.Source)))
            await Write("DELETE", $"{address}/{number}", null, $"{source} of environment {environment.Name}", refused, cancellation);
    }

    private async Task Write(string method, string path, JsonNode? body, string name, List<string> refused, CancellationToken cancellation)
    {
        var answer = await api.Write(method, path, body, cancellation);
        if (!answer.Succeeded)
            refused.Add($"{name}: {answer}");
    }

    private static bool Differs(IReadOnlyList<ProtectionFinding> review, string name) =>
        review.Any(finding => finding.State != ProtectionState.Match && (finding.Setting == name || finding.Setting.StartsWith(name + ".", StringComparison.Ordinal)));
}
