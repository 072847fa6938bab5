/// <summary>What the own engine understands, as far as this one can: here targets run one after the other, and are not restored.</summary>
public static class OwnTargetDefinitions
{
    public static ITargetDefinition Lock(this ITargetDefinition definition, params string[] names) => definition;

    public static ITargetDefinition Alone(this ITargetDefinition definition) => definition;

    public static ITargetDefinition Inputs(this ITargetDefinition definition, params string[] globs) => definition;

    public static ITargetDefinition Outputs(this ITargetDefinition definition, params string[] globs) => definition;

    public static ITargetDefinition Unless(this ITargetDefinition definition, Func<bool> condition, string reason) =>
        definition.OnlyWhenStatic(() => !condition(), $"not: {reason}");
}
