namespace WasmWizard.BuildEngine;

internal sealed partial class TargetDefinition
{
    public ITargetDefinition DependsOn(params Target[] targets) => Add(ExecutionDependencies, targets);

    public ITargetDefinition DependsOn<T>(params Func<T, Target>[] targets)
        where T : INukeBuild => Add(ExecutionDependencies, Required(targets));

    public ITargetDefinition TryDependsOn<T>(params Func<T, Target>[] targets)
        where T : INukeBuild => Add(ExecutionDependencies, Optional(targets));

    public ITargetDefinition DependentFor(params Target[] targets) => Add(ExecutionDependents, targets);

    public ITargetDefinition DependentFor<T>(params Func<T, Target>[] targets)
        where T : INukeBuild => Add(ExecutionDependents, Required(targets));

    public ITargetDefinition TryDependentFor<T>(params Func<T, Target>[] targets)
        where T : INukeBuild => Add(ExecutionDependents, Optional(targets));

    public ITargetDefinition Before(params Target[] targets) => Add(Successors, targets);

    public ITargetDefinition Before<T>(params Func<T, Target>[] targets)
        where T : INukeBuild => Add(Successors, Required(targets));

    public ITargetDefinition TryBefore<T>(params Func<T, Target>[] targets)
        where T : INukeBuild => Add(Successors, Optional(targets));

    public ITargetDefinition After(params Target[] targets) => Add(Predecessors, targets);

    public ITargetDefinition After<T>(params Func<T, Target>[] targets)
        where T : INukeBuild => Add(Predecessors, Required(targets));

    public ITargetDefinition TryAfter<T>(params Func<T, Target>[] targets)
        where T : INukeBuild => Add(Predecessors, Optional(targets));

    public ITargetDefinition Triggers(params Target[] targets) => Add(Triggered, targets);

    public ITargetDefinition Triggers<T>(params Func<T, Target>[] targets)
        where T : INukeBuild => Add(Triggered, Required(targets));

    public ITargetDefinition TryTriggers<T>(params Func<T, Target>[] targets)
        where T : INukeBuild => Add(Triggered, Optional(targets));

    public ITargetDefinition TriggeredBy(params Target[] targets) => Add(Triggerers, targets);

    public ITargetDefinition TriggeredBy<T>(params Func<T, Target>[] targets)
        where T : INukeBuild => Add(Triggerers, Required(targets));

    public ITargetDefinition TryTriggeredBy<T>(params Func<T, Target>[] targets)
        where T : INukeBuild => Add(Triggerers, Optional(targets));

    public ITargetDefinition Consumes(params Target[] targets) => AddConsumed(targets, []);

    public ITargetDefinition Consumes(Target target, params string[] artifacts) => AddConsumed([target], artifacts);

    public ITargetDefinition Consumes<T>(params Func<T, Target>[] targets)
        where T : INukeBuild => AddConsumed(Required(targets), []);

    public ITargetDefinition Consumes<T>(Func<T, Target> target, params string[] artifacts)
        where T : INukeBuild => AddConsumed(Required(target), artifacts);

    public ITargetDefinition TryConsumes<T>(params Func<T, Target>[] targets)
        where T : INukeBuild => AddConsumed(Optional(targets), []);

    private TargetDefinition Add(List<Target> edges, IEnumerable<Target> targets)
    {
        edges.AddRange(targets);
        return this;
    }

    private TargetDefinition AddConsumed(IEnumerable<Target> targets, string[] artifacts)
    {
        Consumed.AddRange(targets.Select(target => KeyValuePair.Create(target, (IReadOnlyList<string>)artifacts)));
        return this;
    }

    private Target[] Required<T>(params Func<T, Target>[] targets)
        where T : INukeBuild =>
        build is T
            ? Optional(targets)
            : throw new BuildDefinitionException(
                $"Target {name} names targets of {typeof(T).Name}, which {build.GetType().Name} does not implement. Implement it, or use the Try form.");

    private Target[] Optional<T>(params Func<T, Target>[] targets)
        where T : INukeBuild
    {
        if (build is not T component)
            return [];
        if (targets.Length == 0)
            return [BuildMembers.ReadTarget(ComponentTargets.Only(typeof(T), name), build)];
        // Without LINQ, which the runtime would prepare anew for each component.
        var found = new Target[targets.Length];
        for (var index = 0; index < targets.Length; index++)
            found[index] = targets[index](component);
        return found;
    }
}
