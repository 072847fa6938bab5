using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.GitHub.Workflows;

namespace WasmWizard.Delivery.GitHub.Pipelines;

/// <summary>What a push to a deploying branch goes through: its gates, and then the one command that deploys.</summary>
public static class DeployWorkflow
{
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
        var access = new EnvironmentAccess(environment);
        return new()
        {
            Id = JobId.Of(target.Name),
            Comment = access.Reasons,
            Needs = [.. needs.Select(JobId.Of)],
            Runner = access.Runner,
            Timeout = target.Timeout,
            Rights = [TokenRight.ReadContents],
            Environment = access.Environment,
            Concurrency = access.Concurrency,
            Steps =
            [
                .. access.Prepare(steps, thePushed: true),
                .. needs.Count > 0 ? [steps.TakeEvidence()] : Array.Empty<Step>(),
                .. access.Credentials,
                PipelineSteps.RunTarget(target, environment.Branch) with { Variables = access.Address },
            ],
        };
    }
}
