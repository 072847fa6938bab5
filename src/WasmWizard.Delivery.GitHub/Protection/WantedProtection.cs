using System.Text.Json.Nodes;
using WasmWizard.Delivery.GitHub.Pipelines;

namespace WasmWizard.Delivery.GitHub.Protection;

/// <summary>Everything about the platform that the strategy decides, from the same objects as the workflows.</summary>
public sealed class WantedProtection
{
    /// <param name="definition">The strategy, the target graph and the locked actions.</param>
    /// <param name="approvers">The team that approves deployments.</param>
    public WantedProtection(PipelineDefinition definition, string approvers)
    {
        ArgumentNullException.ThrowIfNull(definition);
        Approvers = approvers;
        Rulesets = [.. definition.Strategy.Environments.Select(WantedRuleset.Of), WantedRuleset.VersionTags];
        Environments = WantedEnvironment.Of(definition);
        Teams = [.. definition.Strategy.Environments.SelectMany(environment => environment.Reviews.PathTeams?.Values ?? []).Append(approvers).Distinct().Order(StringComparer.Ordinal)];
        Documents =
        [
            new("repository", "repos/{0}", "PATCH", new()
            {
                ["allow_auto_merge"] = definition.Strategy.Environments.Any(environment => environment.Reviews.AutoMerge),
                ["allow_merge_commit"] = true,
                ["allow_squash_merge"] = true,
                ["allow_rebase_merge"] = false,
                ["delete_branch_on_merge"] = true,
            }),
            new("actions", "repos/{0}/actions/permissions", "PUT", new() { ["enabled"] = true, ["allowed_actions"] = "selected", ["sha_pinning_required"] = true }),
            new("allowed actions", "repos/{0}/actions/permissions/selected-actions", "PUT", new()
            {
                ["github_owned_allowed"] = false,
                ["verified_allowed"] = false,
                ["patterns_allowed"] = new JsonArray([.. definition.Actions.All.Select(action => $"{action.Name}@*").Order(StringComparer.Ordinal).Select(name => JsonValue.Create(name))]),
            }),
            new("workflow token", "repos/{0}/actions/permissions/workflow", "PUT", new() { ["default_workflow_permissions"] = "read", ["can_approve_pull_request_reviews"] = false }),
        ];
    }

    /// <summary>Single documents, in the order they are written: which actions are allowed can be said only once they are selected.</summary>
    public IReadOnlyList<WantedDocument> Documents { get; }

    public IReadOnlyList<WantedRuleset> Rulesets { get; }

    public IReadOnlyList<WantedEnvironment> Environments { get; }

    public IReadOnlyList<string> Teams { get; }

    public string Approvers { get; }
}

/// <summary>Settings that are read and written as one document.</summary>
/// <param name="Address">Where, with <c>{0}</c> for the repository.</param>
/// <param name="Method">How it is written.</param>
public sealed record WantedDocument(string Name, string Address, string Method, JsonObject Fields);
