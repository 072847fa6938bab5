using System.Globalization;
using System.Text.Json.Nodes;
using WasmWizard.Delivery.GitHub.Api;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.GitHub.Protection;

/// <summary>The platform's settings of one repository, held against the strategy; see <see cref="ProtectionWriting"/> for the other way.</summary>
public sealed class RepositoryProtection(IGitHubApi api, RepositoryName repository, WantedProtection wanted)
{
    /// <summary>Why nothing can be said at all: the token is refused, the repository is not there, nobody answers.</summary>
    public async Task<IReadOnlyList<Fault>> Reach(CancellationToken cancellation)
    {
        var answer = await api.Read($"repos/{repository}", cancellation);
        return answer switch
        {
            { Succeeded: true } => [],
            { Status: ApiAnswer.Unauthorized } => [new("WW2201", $"the token is refused: {answer.Reason}", "a token that the platform knows", "export NUKE_GITHUB_TOKEN=... and ask again")],
            { Status: ApiAnswer.NotFound } => [new("WW2202", $"{repository} is not there for this token", "a repository that the token may see", "git remote get-url origin")],
            _ => [new("WW2203", $"{repository} cannot be asked: {answer}", "an answer of the platform", "ask again later")],
        };
    }

    /// <summary>Every setting, in the order of the strategy; what could not be seen is unknown.</summary>
    public async Task<IReadOnlyList<ProtectionFinding>> Review(CancellationToken cancellation)
    {
        var self = await api.Read($"repos/{repository}", cancellation);
        var isAdmin = IsAdmin(self);
        var teams = await Teams.Read(api, repository.Owner, wanted.Teams, cancellation);
        var findings = new List<ProtectionFinding>(teams.Findings);
        foreach (var document in wanted.Documents)
        {
            var answer = await api.Read(string.Format(CultureInfo.InvariantCulture, document.Address, repository), cancellation);
            findings.AddRange(SettingComparison.Compare(document.Name, document.Fields, Document(answer, document, isAdmin)));
        }

        await Rulesets(findings, teams, cancellation);
        await Environments(findings, isAdmin, cancellation);
        return findings;
    }

    /// <summary>Whether the token may read and write every setting, so that what is not shown is not there.</summary>
    internal static bool IsAdmin(ApiAnswer repository) => repository.Succeeded && repository.Body.Field("permissions").IsTrue("admin");

    private static Observed Document(ApiAnswer answer, WantedDocument wanted, bool isAdmin)
    {
        if (answer.Succeeded && answer.Body is JsonObject body)
        {
            // The repository's own document holds a hundred fields more, of which the strategy says nothing.
            var governed = body.Where(field => wanted.Fields.ContainsKey(field.Key)).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()));
            return Observed.Seen(new(governed));
        }

        // Which actions are selected is not there while all are allowed.
        return answer.Status is ApiAnswer.NotFound or 409 && isAdmin ? Observed.Absent : Observed.Hidden(answer.ToString());
    }

    private async Task Rulesets(List<ProtectionFinding> findings, Teams teams, CancellationToken cancellation)
    {
        var reading = new RulesetReading(api, repository, teams);
        var (present, hidden) = await reading.List(cancellation);
        var open = present.ToList();
        foreach (var ruleset in wanted.Rulesets)
        {
            var place = open.FindIndex(other => other.Name == ruleset.Name);
            var observed = hidden is not null ? Observed.Hidden(hidden)
                : place < 0 ? Observed.Absent : await reading.Read(open[place].Number, ruleset.Fields, cancellation);
            findings.AddRange(SettingComparison.Compare($"ruleset {ruleset.Name}", ruleset.Fields, observed));
            if (place >= 0)
                open.RemoveAt(place);
        }

        findings.AddRange(open.Select(other => new ProtectionFinding(ProtectionState.Drift, $"ruleset {other.Name}", ProtectionFinding.Nothing, "exists")));
    }

    private async Task Environments(List<ProtectionFinding> findings, bool isAdmin, CancellationToken cancellation)
    {
        var reading = new EnvironmentReading(api, repository, isAdmin);
        var (present, hidden) = await reading.List(cancellation);
        foreach (var environment in wanted.Environments)
        {
            findings.AddRange(SettingComparison.Compare(
                $"environment {environment.Name}", environment.Fields(wanted.Approvers), await reading.Read(environment.Name, cancellation)));
        }

        if (hidden is not null)
            findings.Add(new(ProtectionState.Unknown, "other environments", ProtectionFinding.Nothing, hidden));
        findings.AddRange(present.Except(wanted.Environments.Select(environment => environment.Name))
            .Select(name => new ProtectionFinding(ProtectionState.Drift, $"environment {name}", ProtectionFinding.Nothing, "exists")));
    }
}
