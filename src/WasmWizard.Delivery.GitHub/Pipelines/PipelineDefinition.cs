using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.GitHub.Actions;
using WasmWizard.Delivery.GitHub.Workflows;

namespace WasmWizard.Delivery.GitHub.Pipelines;

/// <summary>Everything the workflows follow from: the strategy, the build's target graph and the locked actions, found consistent.</summary>
public sealed class PipelineDefinition
{
    /// <summary>The target that the last job of a deploy workflow runs.</summary>
    public const string DeployTarget = "Deploy";

    /// <summary>The target that proves on Windows that its start scripts start.</summary>
    public const string WindowsTarget = "Compile";

    private static readonly string[] NeededActions =
        ["actions/cache", "actions/checkout", "actions/download-artifact", "actions/setup-dotnet", "actions/upload-artifact", "github/codeql-action/upload-sarif"];

    /// <exception cref="ArgumentException">
    /// The three do not fit together: a broken graph, a gate that a branch asks for and neither a target measures nor the strategy
    /// plans, a gate with two targets, two targets with one job name, a missing target or action. The message lists every fault.
    /// </exception>
    public PipelineDefinition(DeliveryStrategy strategy, IReadOnlyList<PipelineTarget> targets, ActionLock actions)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(actions);
        (Strategy, Actions, Graph) = (strategy, actions, new(targets));
        var faults = Faults().ToList();
        if (faults.Count > 0)
            throw new ArgumentException($"The pipeline cannot become workflows: {string.Join("; ", faults)}.", nameof(targets));
    }

    public DeliveryStrategy Strategy { get; }

    public TargetGraph Graph { get; }

    public ActionLock Actions { get; }

    /// <summary>The gates of an environment's branch that are built.</summary>
    public IEnumerable<GateRule> BuiltGates(DeploymentEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return environment.Gates.Where(rule => !Strategy.Planned.Contains(rule.Gate));
    }

    /// <summary>The targets that become jobs because one of these gates is asked for, dependencies first.</summary>
    public IReadOnlyList<PipelineTarget> TargetsOf(IEnumerable<GateId> gates)
    {
        var asked = gates.ToHashSet();
        return [.. Graph.Ordered.Where(target => target.Gates.Any(asked.Contains))];
    }

    /// <summary>The targets behind the deployment that sign what it deploys.</summary>
    public IReadOnlyList<PipelineTarget> Signers
    {
        get
        {
            var behind = Graph.Behind([DeployTarget]);
            return [.. Graph.Ordered.Where(target => target.NeedsKey && behind.Contains(target.Name))];
        }
    }

    private IEnumerable<string> Faults()
    {
        var targets = Graph.Ordered;
        var asked = Strategy.Environments.SelectMany(BuiltGates).Select(rule => rule.Gate).Distinct();
        var measured = targets.SelectMany(target => target.Gates.Distinct(), (target, gate) => (gate, target.Name)).ToLookup(pair => pair.gate, pair => pair.Name);
        return
        [
            .. asked.Where(gate => !measured.Contains(gate))
                .Select(gate => $"a branch asks for the gate '{gate}', no target measures it, and it is not in the strategy's Planned"),
            .. measured.Where(names => names.Count() > 1)
                .Select(names => $"the gate '{names.Key}' is measured by {string.Join(" and ", names)}; required: one target"),
            .. targets.GroupBy(target => JobId.Of(target.Name)).Where(same => same.Count() > 1)
                .Select(same => $"{string.Join(" and ", same.Select(target => target.Name))} would both be the job '{same.Key}'"),
            .. new[] { DeployTarget, WindowsTarget }.Where(name => Graph.Find(name) is null).Select(name => $"there is no target '{name}'"),
            .. NeededActions.Where(name => Actions.Find(name) is null).Select(name => $"{ActionLock.Path} does not hold '{name}'"),
        ];
    }
}
