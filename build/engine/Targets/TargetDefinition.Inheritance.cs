using System.Linq.Expressions;
using System.Reflection;

namespace WasmWizard.BuildEngine;

internal sealed partial class TargetDefinition
{
    public ITargetDefinition Inherit(params Target[] targets)
    {
        foreach (var target in targets)
            target(this);
        return this;
    }

    public ITargetDefinition Inherit<T>(params Expression<Func<T, Target>>[] targets)
        where T : INukeBuild
    {
        MethodInfo[] bodies = targets.Length > 0
            ? [.. targets.Select(target => ((PropertyInfo)MemberExpressions.MemberOf(target)).GetMethod!)]
            : [ComponentTargets.Named(typeof(T), name) ?? ComponentTargets.Only(typeof(T), name)];
        foreach (var body in bodies)
            Add(body);
        return this;
    }

    public ITargetDefinition Base()
    {
        Add(ComponentTargets.Base(_body, name));
        return this;
    }

    /// <summary>Runs one body without virtual dispatch, so that an override can build on what it replaces.</summary>
    private void Add(MethodInfo body)
    {
        if (body.IsAbstract)
            throw new BuildDefinitionException($"Target {name} inherits {body.DeclaringType!.Name}.{BuildMembers.NameOf(body)}, which has no body.");

        Bodies.Add(body.Module);
        var outer = _body;
        _body = body;
        ComponentTargets.ReadWithoutDispatch(body, build)(this);
        _body = outer;
    }
}
