using System.Reflection;

namespace WasmWizard.BuildEngine;

/// <summary>One target of a build with its edges, and what became of it in this run.</summary>
public sealed class ExecutableTarget
{
    internal ExecutableTarget(MethodInfo getter, string name, Target factory, TargetDefinition definition)
    {
        Getter = getter;
        Name = name;
        Factory = factory;
        Definition = definition;
    }

    /// <summary>The member's name without its interface.</summary>
    public string Name { get; }

    /// <summary>The help line, or null.</summary>
    public string? Description => Definition.DescriptionText;

    /// <summary>Whether the help text shows it.</summary>
    public bool Listed => Definition.IsListed;

    /// <summary>Whether it is one of the targets given to <c>Execute</c>.</summary>
    public bool IsDefault { get; internal set; }

    /// <summary>Whether the command line names it. A default target that merely stands in for an empty command line counts as not invoked.</summary>
    public bool Invoked { get; internal set; }

    /// <summary>What became of it in this run.</summary>
    public ExecutionStatus Status { get; internal set; }

    /// <summary>Wall time of its actions.</summary>
    public TimeSpan Duration { get; internal set; }

    /// <summary>Pairs that the summary shows beside it.</summary>
    public Dictionary<string, string> SummaryInformation { get; internal set; } = [];

    /// <summary>Why it was skipped, in the words of the summary; null when it was not.</summary>
    public string? SkipReason { get; internal set; }

    /// <summary>Targets that join the plan with it and run before it.</summary>
    public IReadOnlyCollection<ExecutableTarget> ExecutionDependencies => ExecutionEdges;

    /// <summary>Targets that run before it when they are in the plan.</summary>
    public IReadOnlyCollection<ExecutableTarget> OrderDependencies => OrderEdges;

    /// <summary>Targets that trigger it.</summary>
    public IReadOnlyCollection<ExecutableTarget> TriggerDependencies => TriggerEdges;

    /// <summary>Targets that it triggers.</summary>
    public IReadOnlyCollection<ExecutableTarget> Triggers => TriggeredTargets;

    /// <summary>Globs of what it makes.</summary>
    public IReadOnlyCollection<string> ArtifactProducts => Definition.Products;

    /// <summary>Whose products it uses; an empty list of globs means all of them.</summary>
    public IReadOnlyCollection<KeyValuePair<ExecutableTarget, IReadOnlyList<string>>> ArtifactDependencies => Consumed;

    /// <summary>How many parts a server may divide it into; null when it is whole.</summary>
    public int? PartitionSize => Definition.PartitionSize;

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The name in the form that names are compared in.</summary>
    internal string Key => field ??= NameForm.Normalize(Name);

    /// <summary>The getter of the member that defines it.</summary>
    internal MethodInfo Getter { get; }

    internal Target Factory { get; }

    internal TargetDefinition Definition { get; }

    internal List<ExecutableTarget> ExecutionEdges { get; } = [];

    internal List<ExecutableTarget> OrderEdges { get; } = [];

    internal List<ExecutableTarget> TriggerEdges { get; } = [];

    internal List<ExecutableTarget> TriggeredTargets { get; } = [];

    internal List<KeyValuePair<ExecutableTarget, IReadOnlyList<string>>> Consumed { get; } = [];

    internal Exception? Failure { get; set; }

    /// <summary>When its actions began, since the run did; null when they did not.</summary>
    internal TimeSpan? Began { get; set; }

    internal TimeSpan Ended => (Began ?? TimeSpan.Zero) + Duration;

    /// <summary>Which of the threads that run targets it had.</summary>
    internal int Lane { get; set; }

    /// <summary>Its outputs came from the cache, so that its actions were not needed.</summary>
    internal bool IsRestored { get; set; }

    internal bool HasActions => Definition.Actions.Count > 0;

    internal IEnumerable<ExecutableTarget> Predecessors =>
        OrderEdges.Count == 0 && TriggerEdges.Count == 0 ? ExecutionEdges : ExecutionEdges.Concat(OrderEdges).Concat(TriggerEdges);
}

/// <summary>Asks for a target by the member that defines it.</summary>
public static class ExecutableTargetExtensions
{
    /// <summary>Whether the sequence has the target of this member, e.g. <c>SucceededTargets.Contains(Restore)</c>.</summary>
    public static bool Contains(this IEnumerable<ExecutableTarget> targets, Target target) =>
        targets.Any(executable => executable.Factory == target);
}
