namespace WasmWizard.BuildEngine;

/// <summary>
/// What only this engine understands. Extension methods, so that a build offers ones of the same names on the other engines, where they
/// mean what those can: there, targets run one after the other, and are not restored.
/// </summary>
public static class OwnTargetDefinitions
{
    /// <summary>Never runs at the same time as another target with a lock of this name, e.g. because both write the same folder.</summary>
    public static ITargetDefinition Lock(this ITargetDefinition definition, params string[] names)
    {
        Own(definition).Locks.AddRange(names);
        return definition;
    }

    /// <summary>Nothing else runs meanwhile, e.g. because it measures time or empties folders that others use.</summary>
    public static ITargetDefinition Alone(this ITargetDefinition definition)
    {
        Own(definition).IsAlone = true;
        return definition;
    }

    /// <summary>
    /// Globs of the files that decide what this target makes, absolute or relative to the root; <c>!</c> in front takes files out.
    /// With <see cref="Outputs"/> the target is restored instead of run when their content, the SDK, the tools, and the parameters and
    /// variables that it read are those of an earlier run.
    /// </summary>
    public static ITargetDefinition Inputs(this ITargetDefinition definition, params string[] globs)
    {
        Own(definition).Inputs.AddRange(globs);
        return definition;
    }

    /// <summary>Globs of the files that this target makes and nobody else changes. Two targets that nothing orders may not make the same ones.</summary>
    public static ITargetDefinition Outputs(this ITargetDefinition definition, params string[] globs)
    {
        Own(definition).Outputs.AddRange(globs);
        return definition;
    }

    /// <summary>
    /// Asked before anything runs; when true, the target and what only it needs are skipped, with these words as the reason. Says why not, where
    /// <see cref="ITargetDefinition.OnlyWhenStatic"/> says what is missing.
    /// </summary>
    /// <param name="definition">The target.</param>
    /// <param name="condition">Whether the target is left out.</param>
    /// <param name="reason">What is so then: it follows "unless" in a plan and stands alone in a summary.</param>
    public static ITargetDefinition Unless(this ITargetDefinition definition, Func<bool> condition, string reason)
    {
        Own(definition).StaticConditions.Add(new TargetCondition(condition, reason, IsException: true));
        return definition;
    }

    private static TargetDefinition Own(ITargetDefinition definition) =>
        definition as TargetDefinition ?? throw new ArgumentException("This definition is not one that the engine made.", nameof(definition));
}
