using System.Reflection;
using WasmWizard.BuildEngine.IO;
using WasmWizard.BuildEngine.ProjectModel;

namespace WasmWizard.BuildEngine;

/// <summary>Finds the parameters of a build and hands their values to its members.</summary>
internal static class ParameterDiscovery
{
    public static IReadOnlyList<ParameterDefinition> DefinitionsOf(BuildMembers members)
    {
        var (parameters, solutions) = (new List<ParameterDefinition>(), new List<ParameterDefinition>());
        foreach (var member in members.Values)
            foreach (var attribute in member.GetCustomAttributes<ValueInjectionAttributeBase>())
                if (attribute is ParameterAttribute parameter)
                    parameters.Add(Describe(member, parameter));
                else if (attribute is SolutionAttribute { IsParameter: true })
                    solutions.Add(new ParameterDefinition(BuildMembers.NameOf(member), typeof(AbsolutePath), "The solution file.") { Member = member });
        foreach (var member in members.Implemented)
            if (member.GetCustomAttribute<ParameterAttribute>() is { } attribute)
                parameters.Add(Describe(member, attribute));
        return [.. parameters, .. solutions];
    }

    /// <summary>Writes given values into fields and automatic properties; a member that nobody gave a value keeps its initializer.</summary>
    public static void Inject(NukeBuild build, BuildShape shape)
    {
        foreach (var definition in shape.Parameters)
            if (definition is { Attribute: { } attribute, Member: { } member } && !shape.Members.Implemented.Contains(member) && attribute.GetValue(member, build) is { } value)
                MemberWriter.Write(build, member, value);
    }

    public static Type TypeOf(MemberInfo member) => member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;

    private static ParameterDefinition Describe(MemberInfo member, ParameterAttribute attribute)
    {
        var prefix = member.DeclaringType!.IsInterface ? member.DeclaringType.GetCustomAttribute<ParameterPrefixAttribute>()?.Prefix : null;
        return new ParameterDefinition(prefix + (attribute.Name ?? BuildMembers.NameOf(member)), TypeOf(member), attribute.Description)
        {
            Member = member,
            Attribute = attribute,
            Separator = attribute.Separator,
            IsListed = attribute.List,
            IsSecret = member.IsDefined(typeof(SecretAttribute)),
        };
    }
}

/// <summary>Sets a member's value, also where the language forbids it: read-only fields and properties without a setter.</summary>
internal static class MemberWriter
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <returns>False for a computed property: it asks for its value itself.</returns>
    public static bool Write(object owner, MemberInfo member, object? value)
    {
        var field = member as FieldInfo ?? member.DeclaringType!.GetField($"<{member.Name}>k__BackingField", Declared);
        if (field is not null)
        {
            field.SetValue(owner, value);
            return true;
        }

        if (member is not PropertyInfo { CanWrite: true } property)
            return false;
        property.SetValue(owner, value);
        return true;
    }
}
