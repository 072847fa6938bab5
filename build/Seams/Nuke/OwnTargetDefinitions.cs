/// <summary>What the own engine understands and this one does not need: here targets run one after the other, and always.</summary>
public static class OwnTargetDefinitions
{
    public static ITargetDefinition Lock(this ITargetDefinition definition, params string[] names) => definition;

    public static ITargetDefinition Alone(this ITargetDefinition definition) => definition;

    public static ITargetDefinition Inputs(this ITargetDefinition definition, params string[] globs) => definition;

    public static ITargetDefinition Outputs(this ITargetDefinition definition, params string[] globs) => definition;
}
