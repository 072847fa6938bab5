using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.GitHub.Workflows;

namespace WasmWizard.Delivery.GitHub.Pipelines;

/// <summary>What a push to a deploying branch goes through: its gates, and then the one command that deploys.</summary>
public static class DeployWorkflow
{
    /// <summary>The label that a machine of ours must bear to be deployed to: <c>wasm-wizard-research</c>.</summary>
    public static string RunnerLabel(DeploymentEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return $"wasm-wizard-{environment.Word}";
    }

    public static Workflow Of(PipelineDefinition definition, DeploymentEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(environment);
        var steps = new PipelineSteps(definition.Actions);
        var gates = definition.TargetsOf(definition.BuiltGates(environment).Select(rule => rule.Gate))
            .Where(target => target.Name != PipelineDefinition.DeployTarget).ToList();
        var needs = Needs(definition, gates);
        return new()
        {
            File = $"deploy-{environment.Word}",
            Name = $"Deploy {environment.Word}",
            Triggers = [new Trigger.Push([environment.Branch])],
            Jobs =
            [
                .. gates.Select(target => Gate(target, needs[target.Name], definition, environment, steps)),
                Deploy(definition, environment, needs[PipelineDefinition.DeployTarget], steps),
            ],
        };
    }

    // Whatever the graph says, the deployment waits for every gate: their evidence is what it is allowed by.
    private static IReadOnlyDictionary<string, IReadOnlyList<string>> Needs(PipelineDefinition definition, List<PipelineTarget> gates)
    {
        var targets = definition.Graph.Ordered.Select(target => target.Name == PipelineDefinition.DeployTarget
            ? target with { DependsOn = [.. target.DependsOn.Union(gates.Select(gate => gate.Name))] }
            : target);
        return new TargetGraph(targets).Needs(gates.Select(gate => gate.Name).Append(PipelineDefinition.DeployTarget).ToHashSet());
    }

    private static Job Gate(
        PipelineTarget target, IReadOnlyList<string> needs, PipelineDefinition definition, DeploymentEnvironment environment, PipelineSteps steps) => new()
        {
            Id = JobId.Of(target.Name),
            Comment =
            [
                .. definition.BuiltGates(environment).Where(rule => target.Gates.Contains(rule.Gate))
                    .Select(rule => $"{rule.Gate} ({rule.Strength.ToString().ToLowerInvariant()}): {rule.Demand}"),
            ],
            Needs = [.. needs.Select(JobId.Of)],
            Runner = Runner.Ubuntu,
            Timeout = target.Timeout,
            Rights = [TokenRight.ReadContents],
            Steps =
            [
                steps.Checkout(target.NeedsHistory),
                steps.SetUpSdk(),
                PipelineSteps.RunTarget(target, environment.Branch),
                steps.KeepEvidence(JobId.Of(target.Name), target),
            ],
        };

    private static Job Deploy(PipelineDefinition definition, DeploymentEnvironment environment, IReadOnlyList<string> needs, PipelineSteps steps)
    {
        var target = definition.Graph.Find(PipelineDefinition.DeployTarget)!;
        var inCluster = environment.Targets[0] == TargetKind.Kubernetes;
        return new()
        {
            Id = JobId.Of(target.Name),
            Comment = Reasons(environment, inCluster),
            Needs = [.. needs.Select(JobId.Of)],
            Runner = inCluster ? Runner.Ubuntu : Runner.Own(RunnerLabel(environment)),
            Timeout = target.Timeout,
            Rights = [TokenRight.ReadContents],
            Environment = new(environment.Word, environment.Url),
            Concurrency = new($"deploy-{environment.Word}", NewestWins: false),
            Steps =
            [
                steps.Checkout(wholeHistory: true),
                // On a machine of ours build.sh finds or installs the SDK below the clone, so that nothing of the machine changes.
                .. inCluster ? [steps.SetUpSdk()] : Array.Empty<Step>(),
                .. needs.Count > 0 ? [steps.TakeEvidence()] : Array.Empty<Step>(),
                .. inCluster ? [ClusterAccess()] : Array.Empty<Step>(),
                PipelineSteps.RunTarget(target, environment.Branch) with { Variables = inCluster ? ClusterAddress : [] },
            ],
        };
    }

    private static IReadOnlyList<string> Reasons(DeploymentEnvironment environment, bool inCluster) =>
    [
        .. inCluster
            ? new[] { "Runs on a machine of the platform, because it deploys to a cluster elsewhere." }
            :
            [
                $"Runs on the machine that serves {environment.Word}, a self-hosted runner labelled {RunnerLabel(environment)}: what is",
                "deployed to a throw-away runner is gone with it. Only pushes to the branch reach that machine, never pull requests.",
            ],
        .. environment.NeedsApproval ? new[] { "A person approves it first, in the settings of the environment." } : [],
    ];

    // A file, because a credential in an argument or a variable of the program would show in more places than it needs to.
    private static Step.Run ClusterAccess() => new(
        """
        if [ -z "$CREDENTIALS" ]; then
          echo "::error::The secret KUBECONFIG of this environment is not set, required: a kubeconfig for the cluster; so nothing is deployed. Set it in the settings of the environment and run this job again."
          exit 2
        fi
        umask 077
        printf '%s\n' "$CREDENTIALS" > "$RUNNER_TEMP/kubeconfig"
        echo "KUBECONFIG=$RUNNER_TEMP/kubeconfig" >> "$GITHUB_ENV"

        """.ReplaceLineEndings("\n"))
    {
        Name = "Put the credentials of the cluster into a file",
        Variables = [new("CREDENTIALS", "${{ secrets.KUBECONFIG }}")],
    };

    private static IReadOnlyList<Setting> ClusterAddress { get; } =
    [
        new("NUKE_KUBE_CONTEXT", "${{ vars.KUBE_CONTEXT }}"),
        new("NUKE_REGISTRY", "${{ vars.REGISTRY }}"),
        new("NUKE_IMAGE_REPOSITORY", "${{ vars.IMAGE_REPOSITORY }}"),
    ];
}
