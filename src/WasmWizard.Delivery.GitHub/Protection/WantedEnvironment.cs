using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.GitHub.Pipelines;
using WasmWizard.Delivery.GitHub.Workflows;

namespace WasmWizard.Delivery.GitHub.Protection;

/// <summary>One of the platform's environments as the workflows use it: who may deploy to it, from which branch, and which names they look up there.</summary>
/// <param name="Name">As jobs call it.</param>
/// <param name="Sources">What may deploy there, as <see cref="SourceOf"/> spells it.</param>
/// <param name="NeedsApproval">A person of the approving team lets each job in.</param>
/// <param name="Secrets">Names only.</param>
/// <param name="Variables">Names only.</param>
public sealed partial record WantedEnvironment(string Name, IReadOnlyList<string> Sources, bool NeedsApproval, IReadOnlyList<string> Secrets, IReadOnlyList<string> Variables)
{
    /// <summary>Every environment that a job of the generated workflows names; the names of secrets and variables come from those jobs.</summary>
    public static IReadOnlyList<WantedEnvironment> Of(PipelineDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var strategy = definition.Strategy;
        return
        [
            .. from job in WorkflowFiles.Workflows(definition).SelectMany(workflow => workflow.Jobs)
               where job.Environment is not null
               group job by job.Environment!.Name into jobs
               let own = strategy.Environments.SingleOrDefault(environment => environment.Word == jobs.Key)
               select new WantedEnvironment(
                   jobs.Key,
                   Allowed(definition, own),
                   own?.NeedsApproval ?? false,
                   Names(jobs, Secret()),
                   Names(jobs, Variable())),
        ];
    }

    /// <param name="approvers">The team that approves deployments where the strategy asks for it.</param>
    public JsonObject Fields(string approvers) => new()
    {
        ["wait_timer"] = 0,
        ["prevent_self_review"] = NeedsApproval,
        ["reviewers"] = NeedsApproval ? new JsonArray(approvers) : new JsonArray(),
        ["limits_sources"] = true,
        ["deployment_branch_policy"] = new JsonObject { ["protected_branches"] = false, ["custom_branch_policies"] = true },
        ["sources"] = new JsonArray([.. Sources.Select(source => JsonValue.Create(source))]),
        // Who may change the settings could let a job in alone, where the strategy asks for somebody else.
        ["can_admins_bypass"] = !NeedsApproval,
        ["secrets"] = new JsonArray([.. Secrets.Select(name => JsonValue.Create(name))]),
        ["variables"] = new JsonArray([.. Variables.Select(name => JsonValue.Create(name))]),
    };

    /// <summary><c>branch master</c> or <c>tag v*</c>.</summary>
    public static string SourceOf(string kind, string name) => $"{kind} {name}";

    // The platform asks for the branch that a run was started on, not for the one that it checks out: the night, and what people start by
    // hand, come from production's branch, whose protection is the strictest.
    private static List<string> Allowed(PipelineDefinition definition, DeploymentEnvironment? environment) =>
    [
        .. new[] { environment?.Branch, definition.Strategy.Of(EnvironmentName.Production).Branch }.OfType<string>().Distinct().Select(branch => SourceOf("branch", branch)),
        .. environment is not null && TagWorkflow.Publishes(definition, environment) ? [SourceOf("tag", TagWorkflow.Pattern)] : Array.Empty<string>(),
    ];

    private static List<string> Names(IEnumerable<Job> jobs, Regex pattern) =>
    [
        .. (from job in jobs
            from step in job.Steps.OfType<Step.Run>()
            from variable in step.Variables
            from Match match in pattern.Matches(variable.Value.Value)
            select match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal),
    ];

    [GeneratedRegex(@"\bsecrets\.([A-Z0-9_]+)")]
    private static partial Regex Secret();

    [GeneratedRegex(@"\bvars\.([A-Z0-9_]+)")]
    private static partial Regex Variable();
}
