using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.GitHub.Workflows;

namespace WasmWizard.Delivery.GitHub.Pipelines;

/// <summary>Which targets become jobs of a workflow, and what each of them waits for.</summary>
internal sealed class JobGraph
{
    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> _needs;
    private readonly TargetGraph _graph;

    /// <param name="definition">The target graph.</param>
    /// <param name="gates">Those that somebody asks for; the targets that measure them become jobs.</param>
    /// <param name="deploys">Whether the last job deploys.</param>
    public JobGraph(PipelineDefinition definition, IEnumerable<GateId> gates, bool deploys)
    {
        var measuring = definition.TargetsOf(gates).Where(target => target.Name != PipelineDefinition.DeployTarget).Select(target => target.Name).ToList();
        // Whatever the graph says, the deployment waits for every gate: their evidence is what it is allowed by.
        _graph = new(definition.Graph.Ordered.Select(target => target.Name == PipelineDefinition.DeployTarget
            ? target with { DependsOn = [.. target.DependsOn.Union(measuring)] }
            : target));
        List<string> roots = [.. measuring, .. deploys ? [PipelineDefinition.DeployTarget] : Array.Empty<string>()];
        var behind = _graph.Behind(roots);
        Targets = [.. _graph.Ordered.Where(target => measuring.Contains(target.Name) || (behind.Contains(target.Name) && target.HandsOn))];
        _needs = _graph.Needs(Targets.Select(target => target.Name).Concat(roots).ToHashSet());
    }

    /// <summary>The targets that become jobs, without the one that deploys; those that are waited for come first.</summary>
    public IReadOnlyList<PipelineTarget> Targets { get; }

    /// <summary>The jobs whose products a target takes.</summary>
    public IReadOnlyList<PipelineTarget> ProductsFor(PipelineTarget target)
    {
        var behind = _graph.Behind([target.Name]);
        return [.. Targets.Where(other => other.HandsOn && behind.Contains(other.Name))];
    }

    /// <summary>The graph reduced to the jobs, and beside it each job whose outputs are read: the platform shows those of direct needs only.</summary>
    public IReadOnlyList<JobId> NeedsOf(PipelineTarget target) =>
        [.. _needs[target.Name].Union(ProductsFor(target).Select(other => other.Name)).Select(JobId.Of)];
}
