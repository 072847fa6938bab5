using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.GitHub.Workflows;

namespace WasmWizard.Delivery.GitHub.Pipelines;

/// <summary>
/// What a person starts by hand on an environment: one workflow per target that exists, one job per environment, of which the chosen
/// one runs. Its command is the one that is typed at a terminal; what was filled in reaches it as variables.
/// </summary>
public static class OperationWorkflow
{
    private const string EnvironmentInput = "environment";

    private static readonly IReadOnlyList<Operation> Known =
    [
        new("Rollback", "Roll back",
            [new DispatchInput.Text("to", "Release to go back to; empty: the last healthy one", Required: false)])
        {
            Arguments = "${TO:+--to \"$TO\"}",
            Variables = [new("TO", "${{ inputs.to }}")],
        },
        new("Promote", "Promote", []) { Environments = [EnvironmentName.Production] },
        new("Incident", "Incident",
            [
                new DispatchInput.Choice("line", "What happens to deployments", ["freeze", "unfreeze"]),
                new DispatchInput.Text("reason", "Why; everybody who deploys meanwhile is told", Required: true),
            ])
        {
            Arguments = "${FREEZE:+--freeze \"$REASON\"} ${UNFREEZE:+--unfreeze}",
            Variables =
            [
                new("FREEZE", "${{ inputs.line == 'freeze' && 'true' || '' }}"),
                new("UNFREEZE", "${{ inputs.line == 'unfreeze' && 'true' || '' }}"),
                new("REASON", "${{ inputs.reason }}"),
            ],
        },
        new("Release", "Release",
            [
                new DispatchInput.Text("version", "Version such as v1.2.3; empty: what the commits since the last one ask for", Required: false),
                new DispatchInput.Switch("dry-run", "Only show version, notes and what would be done", Default: true),
            ])
        {
            Arguments = ReleaseJob.VersionArgument + " ${DRY_RUN:+--dry-run}",
            Variables =
            [
                new("VERSION", "${{ inputs.version }}"),
                new("DRY_RUN", "${{ inputs.dry-run && 'true' || '' }}"),
                ReleaseJob.Token,
            ],
            Environments = [EnvironmentName.Production],
            Rights = ReleaseJob.Rights,
            IsOnEnvironment = false,
        },
    ];

    /// <summary>One per operation whose target the build has; the list grows with the build.</summary>
    public static IEnumerable<Workflow> Of(PipelineDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return from operation in Known
               let target = definition.Graph.Find(operation.Target)
               where target is not null
               let environments = definition.Strategy.Environments.Where(environment => operation.Environments.Contains(environment.Name)).ToList()
               where environments.Count > 0
               select Of(definition, operation, target, environments);
    }

    private static Workflow Of(PipelineDefinition definition, Operation operation, PipelineTarget target, List<DeploymentEnvironment> environments) => new()
    {
        File = JobId.Of(target.Name).ToString(),
        Name = operation.Name,
        Triggers =
        [
            new Trigger.Dispatch(
            [
                .. environments.Count > 1
                    ? [new DispatchInput.Choice(EnvironmentInput, "Where", [.. environments.Select(environment => environment.Word)])]
                    : Array.Empty<DispatchInput>(),
                .. operation.Inputs,
            ]),
        ],
        Jobs = [.. environments.Select(environment => Job(definition, operation, target, environment, asks: environments.Count > 1))],
    };

    private static Job Job(PipelineDefinition definition, Operation operation, PipelineTarget target, DeploymentEnvironment environment, bool asks)
    {
        var access = new EnvironmentAccess(environment);
        var command = PipelineSteps.RunTarget(target, environment.Branch, operation.Arguments);
        if (!operation.IsOnEnvironment)
        {
            var steps = new PipelineSteps(definition.Actions);
            return new()
            {
                Id = JobId.Of(target.Name),
                Runner = Runner.Ubuntu,
                Timeout = target.Timeout,
                Rights = operation.Rights,
                Concurrency = new("release", NewestWins: false),
                Steps = [steps.Checkout(wholeHistory: true, environment.Branch), steps.SetUpSdk(), command with { Variables = operation.Variables }],
            };
        }

        return new()
        {
            Id = JobId.Of(asks ? $"{target.Name}{environment.Name}" : target.Name),
            Comment = access.Reasons,
            Condition = asks ? $"${{{{ inputs.{EnvironmentInput} == '{environment.Word}' }}}}" : "",
            Runner = access.Runner,
            Timeout = target.Timeout,
            Rights = [.. access.Rights, .. operation.Rights],
            Environment = access.Environment,
            Concurrency = access.Concurrency,
            Steps =
            [
                .. access.Prepare(new(definition.Actions), thePushed: false),
                .. access.Credentials,
                command with { Variables = [.. operation.Variables, .. access.Address] },
            ],
        };
    }

    private sealed record Operation(string Target, string Name, IReadOnlyList<DispatchInput> Inputs)
    {
        /// <summary>What follows the target and its branch: shell words that quote every variable.</summary>
        public string Arguments { get; init; } = "";

        public IReadOnlyList<Setting> Variables { get; init; } = [];

        public IReadOnlyList<EnvironmentName> Environments { get; init; } = Enum.GetValues<EnvironmentName>();

        /// <summary>More than the environment asks for.</summary>
        public IReadOnlyList<TokenRight> Rights { get; init; } = [];

        /// <summary>Whether it changes what runs there; otherwise it needs neither machine nor credentials of the environment.</summary>
        public bool IsOnEnvironment { get; init; } = true;
    }
}
