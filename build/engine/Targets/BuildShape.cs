namespace WasmWizard.BuildEngine;

/// <summary>What a build's type says by itself: its members and its parameters.</summary>
internal sealed record BuildShape(BuildMembers Members, IReadOnlyList<ParameterDefinition> Parameters)
{
    public static BuildShape Of(Type buildType)
    {
        var members = new BuildMembers(buildType);
        return new BuildShape(members, ParameterDiscovery.DefinitionsOf(members));
    }
}
