using System.Reflection;

namespace WasmWizard.BuildEngine;

/// <summary>All targets of a build with their edges resolved.</summary>
internal static class TargetGraph
{
    private const int FewEdges = 8;

    /// <summary>A table of no more is faster with the runtime's own equality than with one that has to be compiled first.</summary>
    private const int FewTargets = 200;

    public static IReadOnlyList<ExecutableTarget> Create(NukeBuild build, BuildMembers members)
    {
        var targets = new List<ExecutableTarget>(members.Targets.Count);
        foreach (var getter in members.Targets)
            targets.Add(Define(build, getter));
        RefuseAmbiguousNames(targets);
        Connect(targets);
        return targets;
    }

    private static ExecutableTarget Define(NukeBuild build, MethodInfo getter)
    {
        var name = BuildMembers.NameOf(getter);
        var factory = BuildMembers.ReadTarget(getter, build);
        var definition = new TargetDefinition(build, getter, name);
        try
        {
            factory(definition);
        }
        catch (Exception exception) when (exception is not BuildDefinitionException)
        {
            throw new BuildDefinitionException($"Target {name} cannot be defined: {exception.Message}", exception);
        }

        return new ExecutableTarget(getter, name, factory, definition);
    }

    private static void RefuseAmbiguousNames(List<ExecutableTarget> targets)
    {
        var keys = new HashSet<string>(targets.Count);
        if (targets.TrueForAll(target => keys.Add(target.Key)))
            return;
        var faults = targets
            .GroupBy(target => target.Key)
            .Where(group => group.Count() > 1)
            .Select(group => $"Target {group.First().Name} is declared by {string.Join(" and by ", group.Select(target => target.Getter.DeclaringType!.Name))}. "
                + "A name can run one thing only: implement it explicitly in the build.")
            .ToList();
        throw new UsageException(faults);
    }

    private static void Connect(List<ExecutableTarget> targets)
    {
        var byFactory = new Dictionary<Target, ExecutableTarget>(targets.Count > FewTargets ? new TargetIdentity() : null);
        var linked = new Dictionary<List<ExecutableTarget>, HashSet<ExecutableTarget>>();
        foreach (var target in targets)
            byFactory[target.Factory] = target;

        foreach (var target in targets)
        {
            // Equal members may have two addresses in theory; then the slow way finds them.
            ExecutableTarget Find(Target factory) => byFactory.GetValueOrDefault(factory)
                ?? targets.FirstOrDefault(other => other.Factory == factory)
                ?? throw new BuildDefinitionException(
                    $"Target {target.Name} names something that is not a target member of this build. Name targets by their members, e.g. DependsOn(Restore).");

            var definition = target.Definition;
            foreach (var other in definition.ExecutionDependencies)
                Link(target.ExecutionEdges, Find(other));
            foreach (var other in definition.ExecutionDependents)
                Link(Find(other).ExecutionEdges, target);
            foreach (var other in definition.Predecessors)
                Link(target.OrderEdges, Find(other));
            foreach (var other in definition.Successors)
                Link(Find(other).OrderEdges, target);
            foreach (var other in definition.Triggered)
                LinkTrigger(target, Find(other));
            foreach (var other in definition.Triggerers)
                LinkTrigger(Find(other), target);
            foreach (var pair in definition.Consumed)
                target.Consumed.Add(KeyValuePair.Create(Find(pair.Key), pair.Value));
        }

        void LinkTrigger(ExecutableTarget trigger, ExecutableTarget triggered)
        {
            Link(trigger.TriggeredTargets, triggered);
            Link(triggered.TriggerEdges, trigger);
        }

        // A set of its own for lists that are longer than it takes to look through them.
        void Link(List<ExecutableTarget> edges, ExecutableTarget other)
        {
            if (edges.Count == FewEdges)
                linked[edges] = [.. edges];
            if (edges.Count < FewEdges ? !edges.Contains(other) : linked[edges].Add(other))
                edges.Add(other);
        }
    }
}
