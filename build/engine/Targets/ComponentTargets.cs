using System.Reflection;

namespace WasmWizard.BuildEngine;

/// <summary>Finds target members of components and base classes, each as its getter.</summary>
internal static class ComponentTargets
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static MethodInfo? Named(Type component, string name) =>
        Targets(component).FirstOrDefault(getter => BuildMembers.NameOf(getter) == name);

    public static MethodInfo Only(Type component, string asker)
    {
        var targets = Targets(component).ToList();
        return targets.Count == 1
            ? targets[0]
            : throw new BuildDefinitionException(
                $"Target {asker} names {component.Name} without saying which of its {targets.Count} targets"
                + (targets.Count > 0 ? $" ({string.Join(", ", targets.Select(BuildMembers.NameOf))})" : "")
                + $". Write it as <{component.Name}>(x => x.Name).");
    }

    public static MethodInfo Base(MethodInfo body, string asker)
    {
        var definition = body.GetBaseDefinition();
        for (var type = body.DeclaringType!.BaseType; type is not null && type != typeof(NukeBuild); type = type.BaseType)
            if (Targets(type).FirstOrDefault(getter => getter.GetBaseDefinition() == definition) is { } found)
                return found;
        throw new BuildDefinitionException($"Target {asker} calls Base(), but no base class defines it. Make the base member virtual and override it.");
    }

    /// <summary>Calls exactly this getter. A delegate over the method's own entry point is the one way to reach a default body that was replaced.</summary>
    public static Target ReadWithoutDispatch(MethodInfo getter, NukeBuild build)
    {
        var read = (Func<Target>)Activator.CreateInstance(typeof(Func<Target>), build, getter.MethodHandle.GetFunctionPointer())!;
        return read();
    }

    private static IEnumerable<MethodInfo> Targets(Type type) =>
        type.GetProperties(Declared).Where(property => property.PropertyType == typeof(Target) && property.GetMethod is not null).Select(property => property.GetMethod!);
}
