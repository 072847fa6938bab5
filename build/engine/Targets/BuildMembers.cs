using System.Reflection;

namespace WasmWizard.BuildEngine;

/// <summary>
/// The members of a build as one list: its own and its base classes', then those of its components that it leaves to their default bodies.
/// A member that is overridden or implemented appears once.
/// </summary>
internal sealed class BuildMembers
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly List<MemberInfo> _members = [];
    private readonly Dictionary<MemberInfo, MemberInfo> _implementations = [];

    public BuildMembers(Type buildType)
    {
        var byGetter = AddClasses(buildType);
        foreach (var component in buildType.GetInterfaces().Where(type => type != typeof(INukeBuild) && typeof(INukeBuild).IsAssignableFrom(type)))
            AddComponent(buildType, component, byGetter);
    }

    /// <summary>In declaration order per type: the most derived class first, components last.</summary>
    public IReadOnlyList<MemberInfo> All => _members;

    /// <summary>The class member that implements a component's member, or the member itself.</summary>
    public MemberInfo ImplementationOf(MemberInfo member) => _implementations.GetValueOrDefault(member, member);

    /// <summary>Component members that a class implements, each with its implementation: their attributes count too.</summary>
    public IReadOnlyDictionary<MemberInfo, MemberInfo> Implemented => _implementations;

    /// <summary>The name without the interface of an explicit implementation.</summary>
    public static string NameOf(MemberInfo member) => member.Name[(member.Name.LastIndexOf('.') + 1)..];

    public static Target ReadTarget(PropertyInfo property, object build)
    {
        try
        {
            return (Target)property.GetMethod!.Invoke(build, BindingFlags.DoNotWrapExceptions, null, null, null)!;
        }
        catch (Exception exception) when (exception is not BuildDefinitionException)
        {
            throw new BuildDefinitionException($"Target {NameOf(property)} cannot be read: {exception.Message}", exception);
        }
    }

    private static T[] AsDeclared<T>(T[] members)
        where T : MemberInfo
    {
        Array.Sort(members, (left, right) => left.MetadataToken.CompareTo(right.MetadataToken));
        return members;
    }

    private Dictionary<MethodInfo, PropertyInfo> AddClasses(Type buildType)
    {
        var byGetter = new Dictionary<MethodInfo, PropertyInfo>();
        var overridden = new HashSet<MethodInfo>();
        for (var type = buildType; type is not null && type != typeof(NukeBuild); type = type.BaseType)
        {
            foreach (var property in AsDeclared(type.GetProperties(Declared)).Where(property => property.GetMethod is not null))
            {
                byGetter[property.GetMethod!] = property;
                if (overridden.Add(property.GetMethod!.GetBaseDefinition()))
                    _members.Add(property);
            }

            _members.AddRange(AsDeclared(type.GetFields(Declared)).Where(field => !field.Name.StartsWith('<')));
        }

        return byGetter;
    }

    private void AddComponent(Type buildType, Type component, Dictionary<MethodInfo, PropertyInfo> byGetter)
    {
        var properties = AsDeclared(component.GetProperties(Declared))
            .Where(property => property.GetMethod is not null && !property.Name.Contains('.', StringComparison.Ordinal))
            .ToList();
        if (properties.Count == 0)
            return;

        var map = buildType.GetInterfaceMap(component);
        foreach (var property in properties)
        {
            var slot = Array.IndexOf(map.InterfaceMethods, property.GetMethod);
            if (slot >= 0 && map.TargetMethods[slot] is { } getter && FindImplementation(getter, byGetter) is { } implementation)
                _implementations[property] = implementation;
            else
                _members.Add(property);
        }
    }

    private static PropertyInfo? FindImplementation(MethodInfo getter, Dictionary<MethodInfo, PropertyInfo> byGetter)
    {
        if (getter.DeclaringType!.IsInterface)
            return null;
        return byGetter.GetValueOrDefault(getter)
            ?? byGetter.FirstOrDefault(pair => pair.Key.MethodHandle == getter.MethodHandle).Value;
    }
}
