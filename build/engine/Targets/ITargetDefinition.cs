using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using WasmWizard.BuildEngine.Tooling;

namespace WasmWizard.BuildEngine;

/// <summary>
/// The fluent definition of one target. Every call adds; nothing runs while a target is being defined.
/// Members of the form <c>X&lt;T&gt;</c> name targets of a component; without a lambda they mean the component's only target.
/// Members of the form <c>TryX&lt;T&gt;</c> do nothing when the build does not implement the component.
/// </summary>
public interface ITargetDefinition
{
    /// <summary>One line for the help text.</summary>
    ITargetDefinition Description(string description);

    /// <summary>Hides the target from the help text; it stays invokable and stays in plan and schema.</summary>
    ITargetDefinition Unlisted();

    /// <summary>Appends actions; they run in the order of definition.</summary>
    ITargetDefinition Executes(params Action[] actions);

    /// <summary>Appends an action whose result is ignored; a task is awaited even where the compiler chose this overload for it.</summary>
    ITargetDefinition Executes<T>(Func<T> action);

    /// <summary>Appends an asynchronous action; the next one starts when it has completed.</summary>
    ITargetDefinition Executes(Func<Task> action);

    /// <summary>These targets run before this one and join every plan that contains it.</summary>
    ITargetDefinition DependsOn(params Target[] targets);

    /// <inheritdoc cref="DependsOn(Target[])"/>
    ITargetDefinition DependsOn<T>(params Func<T, Target>[] targets) where T : INukeBuild;

    /// <inheritdoc cref="DependsOn(Target[])"/>
    ITargetDefinition TryDependsOn<T>(params Func<T, Target>[] targets) where T : INukeBuild;

    /// <summary>The reverse of <see cref="DependsOn(Target[])"/>: these targets depend on this one.</summary>
    ITargetDefinition DependentFor(params Target[] targets);

    /// <inheritdoc cref="DependentFor(Target[])"/>
    ITargetDefinition DependentFor<T>(params Func<T, Target>[] targets) where T : INukeBuild;

    /// <inheritdoc cref="DependentFor(Target[])"/>
    ITargetDefinition TryDependentFor<T>(params Func<T, Target>[] targets) where T : INukeBuild;

    /// <summary>Order only: this target runs before those, when both are in the plan.</summary>
    ITargetDefinition Before(params Target[] targets);

    /// <inheritdoc cref="Before(Target[])"/>
    ITargetDefinition Before<T>(params Func<T, Target>[] targets) where T : INukeBuild;

    /// <inheritdoc cref="Before(Target[])"/>
    ITargetDefinition TryBefore<T>(params Func<T, Target>[] targets) where T : INukeBuild;

    /// <summary>Order only: this target runs after those, when both are in the plan.</summary>
    ITargetDefinition After(params Target[] targets);

    /// <inheritdoc cref="After(Target[])"/>
    ITargetDefinition After<T>(params Func<T, Target>[] targets) where T : INukeBuild;

    /// <inheritdoc cref="After(Target[])"/>
    ITargetDefinition TryAfter<T>(params Func<T, Target>[] targets) where T : INukeBuild;

    /// <summary>These targets join the plan and run after this one.</summary>
    ITargetDefinition Triggers(params Target[] targets);

    /// <inheritdoc cref="Triggers(Target[])"/>
    ITargetDefinition Triggers<T>(params Func<T, Target>[] targets) where T : INukeBuild;

    /// <inheritdoc cref="Triggers(Target[])"/>
    ITargetDefinition TryTriggers<T>(params Func<T, Target>[] targets) where T : INukeBuild;

    /// <summary>The reverse of <see cref="Triggers(Target[])"/>: each of those targets triggers this one.</summary>
    ITargetDefinition TriggeredBy(params Target[] targets);

    /// <inheritdoc cref="TriggeredBy(Target[])"/>
    ITargetDefinition TriggeredBy<T>(params Func<T, Target>[] targets) where T : INukeBuild;

    /// <inheritdoc cref="TriggeredBy(Target[])"/>
    ITargetDefinition TryTriggeredBy<T>(params Func<T, Target>[] targets) where T : INukeBuild;

    /// <summary>The members must have a value (text: not blank). Checked for all scheduled targets before anything runs.</summary>
    ITargetDefinition Requires<T>(Expression<Func<T?>> parameter, params Expression<Func<T?>>[] parameters) where T : class;

    /// <summary>The members must have a value. Checked for all scheduled targets before anything runs.</summary>
    ITargetDefinition Requires<T>(Expression<Func<T?>> parameter, params Expression<Func<T?>>[] parameters) where T : struct;

    /// <summary>The expressions must be true before anything runs; their text is the message.</summary>
    ITargetDefinition Requires(Expression<Func<bool>> requirement, params Expression<Func<bool>>[] requirements);

    /// <summary>The injected tools must have been found.</summary>
    ITargetDefinition Requires(Expression<Func<Tool>> tool, params Expression<Func<Tool>>[] tools);

    /// <summary>The tool's program must be on the PATH.</summary>
    ITargetDefinition Requires<TTool>() where TTool : IRequireTool;

    /// <summary>The tool's program must be on the PATH and print a line with this version for <c>--version</c>.</summary>
    ITargetDefinition Requires<TTool>(string version) where TTool : IRequireTool;

    /// <summary>Evaluated before anything runs; when false, the target and what only it needs are skipped.</summary>
    ITargetDefinition OnlyWhenStatic(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string? conditionExpression = null);

    /// <summary>Evaluated just before the target would run; too late to skip what already ran for it.</summary>
    ITargetDefinition OnlyWhenDynamic(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string? conditionExpression = null);

    /// <summary>What happens to this target's dependencies when it is skipped. Default <see cref="DependencyBehavior.Skip"/>.</summary>
    ITargetDefinition WhenSkipped(DependencyBehavior dependencyBehavior);

    /// <summary>The next targets run although this one failed; the build fails all the same.</summary>
    ITargetDefinition ProceedAfterFailure();

    /// <summary>Runs although another target failed or the build was cancelled.</summary>
    ITargetDefinition AssuredAfterFailure();

    /// <summary>Globs of the files this target makes, absolute or relative to the root. Read by generators, not by the executor.</summary>
    ITargetDefinition Produces(params string[] artifacts);

    /// <summary>All products of these targets are inputs of this one. Read by generators, not by the executor.</summary>
    ITargetDefinition Consumes(params Target[] targets);

    /// <summary>Some products of one target are inputs of this one.</summary>
    ITargetDefinition Consumes(Target target, params string[] artifacts);

    /// <inheritdoc cref="Consumes(Target[])"/>
    ITargetDefinition Consumes<T>(params Func<T, Target>[] targets) where T : INukeBuild;

    /// <inheritdoc cref="Consumes(Target, string[])"/>
    ITargetDefinition Consumes<T>(Func<T, Target> target, params string[] artifacts) where T : INukeBuild;

    /// <inheritdoc cref="Consumes(Target[])"/>
    ITargetDefinition TryConsumes<T>(params Func<T, Target>[] targets) where T : INukeBuild;

    /// <summary>On servers the work may be divided into this many parts (2 or more). Read by generators.</summary>
    ITargetDefinition Partition(int size);

    /// <summary>Adds the definition of the same target in the base class.</summary>
    ITargetDefinition Base();

    /// <summary>Adds the definitions of other targets to this one.</summary>
    ITargetDefinition Inherit(params Target[] targets);

    /// <summary>Adds the component's own default body, also when the build has replaced it. Without a lambda: the component's target of the same name, else its only one.</summary>
    ITargetDefinition Inherit<T>(params Expression<Func<T, Target>>[] targets) where T : INukeBuild;
}
