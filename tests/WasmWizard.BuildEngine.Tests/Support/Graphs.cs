using System.Reflection;

namespace WasmWizard.Tests.BuildEngine;

/// <summary>Graphs without a build.</summary>
internal static class Graphs
{
    private static readonly PropertyInfo s_member = typeof(Graphs).GetProperty(nameof(Member), BindingFlags.Static | BindingFlags.NonPublic)!;

    private static Target Member => _ => _;

    public static ExecutableTarget Target(string name) => new(s_member, name, Member, new TargetDefinition(null!, s_member, name));
}
