using System.Reflection;

namespace WasmWizard.Tests.BuildEngine;

/// <summary>Graphs without a build.</summary>
internal static class Graphs
{
    private static readonly MethodInfo s_getter = typeof(Graphs).GetProperty(nameof(Member), BindingFlags.Static | BindingFlags.NonPublic)!.GetMethod!;

    private static Target Member => _ => _;

    public static ExecutableTarget Target(string name) => new(s_getter, name, Member, new TargetDefinition(null!, s_getter, name));
}
