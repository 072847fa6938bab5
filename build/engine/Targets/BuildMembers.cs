using System.Reflection;

namespace WasmWizard.BuildEngine;

/// <summary>
/// The members of a build: its own and its base classes', then those of its components that it leaves to their default bodies.
/// A member that is overridden or implemented appears once. Each list is in declaration order per type, the most derived class first, components last.
/// </summary>
/// <remarks>
/// Properties are found by their getters. The runtime looks through all methods of a type for each property that it describes, which takes most of
/// the time of a build with thousands of targets; and of a target nothing but its getter is wanted.
/// </remarks>
internal sealed class BuildMembers
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private const string GetterPrefix = "get_";

    private readonly List<MethodInfo> _targets = [];
    private readonly List<MemberInfo> _values = [];
    private readonly List<PropertyInfo> _implemented = [];
    private readonly HashSet<string> _names = [];

    public BuildMembers(Type buildType)
    {
        AddClasses(buildType);
        foreach (var component in buildType.GetInterfaces())
            if (component != typeof(INukeBuild) && typeof(INukeBuild).IsAssignableFrom(component))
                AddComponent(buildType, component);
    }

    /// <summary>The getters of targets.</summary>
    public IReadOnlyList<MethodInfo> Targets => _targets;

    /// <summary>Fields and properties that are no targets, so that they may have a value.</summary>
    public IReadOnlyList<MemberInfo> Values => _values;

    /// <summary>Component members that are no targets and that a class implements: their attributes count too.</summary>
    public IReadOnlyList<PropertyInfo> Implemented => _implemented;

    /// <summary>The name without the interface of an explicit implementation; of a getter, its property's.</summary>
    public static string NameOf(MemberInfo member)
    {
        var name = member.Name[(member.Name.LastIndexOf('.') + 1)..];
        return member is MethodInfo ? name[GetterPrefix.Length..] : name;
    }

    public static Target ReadTarget(MethodInfo getter, object build)
    {
        try
        {
            return getter.CreateDelegate<Func<Target>>(build)();
        }
        catch (Exception exception) when (exception is not BuildDefinitionException)
        {
            throw new BuildDefinitionException($"Target {NameOf(getter)} cannot be read: {exception.Message}", exception);
        }
    }

    private void AddClasses(Type buildType)
    {
        var overridden = new HashSet<MethodInfo>();
        for (var type = buildType; type is not null && type != typeof(NukeBuild); type = type.BaseType)
        {
            foreach (var getter in GettersOf(type))
            {
                _names.Add(NameOf(getter));
                if (!getter.IsVirtual || overridden.Add(getter.GetBaseDefinition()))
                    Add(type, getter);
            }

            foreach (var field in AsDeclared(type.GetFields(Declared)))
                if (!field.Name.StartsWith('<') && field.FieldType != typeof(Target))
                    _values.Add(field);
        }
    }

    /// <summary>The runtime is asked who implements a component only where a class has a member of one of its names: the answer takes long.</summary>
    private void AddComponent(Type buildType, Type component)
    {
        InterfaceMapping? map = null;
        foreach (var getter in GettersOf(component))
        {
            if (getter.Name.Contains('.', StringComparison.Ordinal))
                continue;
            if (_names.Contains(NameOf(getter)) && IsImplemented(getter, map ??= buildType.GetInterfaceMap(component)))
            {
                if (getter.ReturnType != typeof(Target))
                    _implemented.Add(PropertyOf(component, getter));
            }
            else
            {
                Add(component, getter);
            }
        }
    }

    private static bool IsImplemented(MethodInfo getter, InterfaceMapping map)
    {
        var slot = Array.IndexOf(map.InterfaceMethods, getter);
        return slot >= 0 && map.TargetMethods[slot]?.DeclaringType is { IsInterface: false } type && !type.IsAssignableFrom(typeof(NukeBuild));
    }

    private void Add(Type type, MethodInfo getter)
    {
        if (getter.ReturnType == typeof(Target))
            _targets.Add(getter);
        else
            _values.Add(PropertyOf(type, getter));
    }

    private static PropertyInfo PropertyOf(Type type, MethodInfo getter)
    {
        var name = getter.Name.Remove(getter.Name.LastIndexOf('.') + 1, GetterPrefix.Length);
        foreach (var member in type.GetMember(name, MemberTypes.Property, Declared))
            if (member is PropertyInfo property && property.GetMethod == getter)
                return property;
        throw new BuildDefinitionException($"{type.Name} has a getter {getter.Name} without a property.");
    }

    private static List<MethodInfo> GettersOf(Type type)
    {
        var getters = new List<MethodInfo>();
        foreach (var method in AsDeclared(type.GetMethods(Declared)))
            if (method.IsSpecialName && method.Name.AsSpan(method.Name.LastIndexOf('.') + 1).StartsWith(GetterPrefix, StringComparison.Ordinal))
                getters.Add(method);
        return getters;
    }

    private static T[] AsDeclared<T>(T[] members)
        where T : MemberInfo
    {
        Array.Sort(members, (left, right) => left.MetadataToken.CompareTo(right.MetadataToken));
        return members;
    }
}
