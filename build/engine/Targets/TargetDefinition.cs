using System.Linq.Expressions;
using System.Reflection;
using WasmWizard.BuildEngine.Tooling;

namespace WasmWizard.BuildEngine;

/// <summary>Collects what a target's lambda says. Other targets stay delegates here; the graph resolves them. Bodies are known by the getters that return them.</summary>
internal sealed partial class TargetDefinition(NukeBuild build, MethodInfo getter, string name) : ITargetDefinition
{
    private MethodInfo _body = getter;

    public string? DescriptionText { get; private set; }

    public bool IsListed { get; private set; } = true;

    public bool Proceeds { get; private set; }

    public bool IsAssured { get; private set; }

    public int? PartitionSize { get; private set; }

    public DependencyBehavior SkippedDependencies { get; private set; } = DependencyBehavior.Skip;

    public List<Func<Task?>> Actions { get; } = [];

    public List<Target> ExecutionDependencies { get; } = [];

    public List<Target> ExecutionDependents { get; } = [];

    public List<Target> Successors { get; } = [];

    public List<Target> Predecessors { get; } = [];

    public List<Target> Triggered { get; } = [];

    public List<Target> Triggerers { get; } = [];

    public List<KeyValuePair<Target, IReadOnlyList<string>>> Consumed { get; } = [];

    public List<string> Products { get; } = [];

    /// <summary>Where the code of this target is: an edit of it changes the module.</summary>
    public List<Module> Bodies { get; } = [getter.Module];

    public List<string> Locks { get; } = [];

    public bool IsAlone { get; set; }

    public List<string> Inputs { get; } = [];

    public List<string> Outputs { get; } = [];

    public List<TargetRequirement> Requirements { get; } = [];

    public List<TargetCondition> StaticConditions { get; } = [];

    public List<TargetCondition> DynamicConditions { get; } = [];

    public IEnumerable<TargetCondition> Conditions => StaticConditions.Concat(DynamicConditions);

    public ITargetDefinition Description(string description)
    {
        DescriptionText = description;
        return this;
    }

    public ITargetDefinition Unlisted()
    {
        IsListed = false;
        return this;
    }

    public ITargetDefinition Executes(params Action[] actions)
    {
        foreach (var action in actions)
            Actions.Add(() =>
            {
                action();
                return null;
            });
        return this;
    }

    public ITargetDefinition Executes<T>(Func<T> action)
    {
        Actions.Add(() => action() is { } result ? AsTask(result) : null);
        return this;
    }

    public ITargetDefinition Executes(Func<Task> action)
    {
        Actions.Add(action);
        return this;
    }

    public ITargetDefinition Requires<T>(Expression<Func<T?>> parameter, params Expression<Func<T?>>[] parameters)
        where T : class => AddRequirements([parameter, .. parameters], expression => new TargetRequirement.Value(expression));

    public ITargetDefinition Requires<T>(Expression<Func<T?>> parameter, params Expression<Func<T?>>[] parameters)
        where T : struct => AddRequirements([parameter, .. parameters], expression => new TargetRequirement.Value(expression));

    public ITargetDefinition Requires(Expression<Func<bool>> requirement, params Expression<Func<bool>>[] requirements) =>
        AddRequirements([requirement, .. requirements], expression => new TargetRequirement.Truth(expression));

    public ITargetDefinition Requires(Expression<Func<Tool>> tool, params Expression<Func<Tool>>[] tools) =>
        AddRequirements([tool, .. tools], expression => new TargetRequirement.Value(expression));

    public ITargetDefinition Requires<TTool>()
        where TTool : IRequireTool => AddProgram(TTool.Executable, null);

    public ITargetDefinition Requires<TTool>(string version)
        where TTool : IRequireTool => AddProgram(TTool.Executable, version);

    public ITargetDefinition OnlyWhenStatic(Func<bool> condition, string? conditionExpression = null)
    {
        StaticConditions.Add(new TargetCondition(condition, ConditionText(conditionExpression)));
        return this;
    }

    public ITargetDefinition OnlyWhenDynamic(Func<bool> condition, string? conditionExpression = null)
    {
        DynamicConditions.Add(new TargetCondition(condition, ConditionText(conditionExpression)));
        return this;
    }

    public ITargetDefinition WhenSkipped(DependencyBehavior dependencyBehavior)
    {
        SkippedDependencies = dependencyBehavior;
        return this;
    }

    public ITargetDefinition ProceedAfterFailure()
    {
        Proceeds = true;
        return this;
    }

    public ITargetDefinition AssuredAfterFailure()
    {
        IsAssured = true;
        return this;
    }

    public ITargetDefinition Produces(params string[] artifacts)
    {
        Products.AddRange(artifacts);
        return this;
    }

    public ITargetDefinition Partition(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 2);
        PartitionSize = size;
        return this;
    }

    private static Task? AsTask(object result) => result switch
    {
        Task task => task,
        ValueTask task => task.AsTask(),
        _ => null,
    };

    private static string ConditionText(string? expression)
    {
        var text = expression ?? "condition";
        var arrow = text.IndexOf("=>", StringComparison.Ordinal);
        return text.StartsWith("()", StringComparison.Ordinal) && arrow > 0 ? text[(arrow + 2)..].Trim() : text;
    }

    private TargetDefinition AddRequirements(LambdaExpression[] expressions, Func<LambdaExpression, TargetRequirement> requirement)
    {
        Requirements.AddRange(expressions.Select(requirement));
        return this;
    }

    private TargetDefinition AddProgram(string executable, string? version)
    {
        Requirements.Add(new TargetRequirement.Program(executable, version));
        return this;
    }
}
