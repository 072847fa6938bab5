using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.GitHub.Workflows;

namespace WasmWizard.Delivery.GitHub.Pipelines;

/// <summary>What a push to a deploying branch goes through: its gates, then the one command that deploys, and for production the release.</summary>
public static class DeployWorkflow
{
    public static Workflow Of(PipelineDefinition definition, DeploymentEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(environment);
        var steps = new PipelineSteps(definition.Actions);
        var graph = new JobGraph(definition, definition.BuiltGates(environment).Select(rule => rule.Gate), deploys: true);
        var deploy = definition.Graph.Find(PipelineDefinition.DeployTarget)!;
        var publishes = TagWorkflow.Publishes(definition, environment);
        return new()
        {
            File = $"deploy-{environment.Word}",
            Name = $"Deploy {environment.Word}",
            Triggers = [new Trigger.Push([environment.Branch]), .. publishes ? [new Trigger.Call()] : Array.Empty<Trigger>()],
            Jobs =
            [
                .. graph.Targets.Select(target => Job(target, graph, definition, environment, steps)),
                Deploy(deploy, graph, definition, environment, steps),
                .. publishes ? [ReleaseJob.Of(definition, environment, graph, steps)] : Array.Empty<Job>(),
            ],
        };
    }

    private static Job Job(PipelineTarget target, JobGraph graph, PipelineDefinition definition, DeploymentEnvironment environment, PipelineSteps steps) => new()
    {
        Id = JobId.Of(target.Name),
        Comment =
        [
            .. definition.BuiltGates(environment).Where(rule => target.Gates.Contains(rule.Gate))
                .Select(rule => $"{rule.Gate} ({rule.Strength.ToString().ToLowerInvariant()}): {rule.Demand}"),
        ],
        Needs = graph.NeedsOf(target),
        Runner = Runner.Ubuntu,
        Timeout = target.Timeout,
        Rights = PipelineSteps.RightsOf(target),
        Steps = steps.Target(target, environment.Branch, graph.ProductsFor(target), cached: false),
        Outputs = target.HandsOn ? [PipelineSteps.ProductOutput] : [],
    };

    private static Job Deploy(PipelineTarget target, JobGraph graph, PipelineDefinition definition, DeploymentEnvironment environment, PipelineSteps steps)
    {
        var signers = definition.Signers;
        var access = new EnvironmentAccess(environment) { Signs = signers.Count > 0 };
        return new()
        {
            Id = JobId.Of(target.Name),
            Comment = access.Reasons,
            Needs = graph.NeedsOf(target),
            Runner = access.Runner,
            Timeout = target.Timeout,
            Rights = access.Rights,
            Environment = access.Environment,
            Concurrency = access.Concurrency,
            Steps =
            [
                .. access.Prepare(steps, thePushed: true),
                .. graph.Targets.Any(gate => gate.Gates.Count > 0) ? [steps.TakeEvidence()] : Array.Empty<Step>(),
                .. graph.ProductsFor(target).SelectMany(steps.TakeProduct),
                .. access.Credentials,
                PipelineSteps.RunTarget(target, environment.Branch) with { Variables = access.Address },
                .. signers.Where(signer => signer.Product.Length > 0).Select(signer => steps.Upload(signer, optional: true)),
            ],
        };
    }
}
