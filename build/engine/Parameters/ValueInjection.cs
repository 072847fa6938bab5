using System.Reflection;

namespace WasmWizard.BuildEngine;

/// <summary>Gives members their values: parameters from what was typed, the rest from their attributes. Each attribute is asked once.</summary>
internal sealed class ValueInjection(NukeBuild build)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<MemberInfo, Lazy<object?>> _values = [];

    /// <summary>The value of a member that asks for it itself.</summary>
    public object? ValueOf(MemberInfo member)
    {
        var attribute = member.GetCustomAttribute<ValueInjectionAttributeBase>()
            ?? throw new ArgumentException($"{member.Name} has no attribute that could give it a value. Add [Parameter].", nameof(member));
        if (attribute is ParameterAttribute && build.Parameters!.Definitions.FirstOrDefault(definition => Equals(definition.Member, member)) is { } definition)
            build.Session!.Reads.Parameter(definition.Name);
        return Known(member, attribute).Value;
    }

    /// <summary>Writes the values of all attributes that are no parameters. One that fails is a warning and leaves the member as it is.</summary>
    public void InjectAll(BuildMembers members)
    {
        foreach (var member in members.Values.Where(member => !member.DeclaringType!.IsInterface))
            if (member.GetCustomAttribute<ValueInjectionAttributeBase>() is { } attribute and not ParameterAttribute && IsWritable(member) && ValueOf(member) is { } value)
                MemberWriter.Write(build, member, value);
    }

    private Lazy<object?> Known(MemberInfo member, ValueInjectionAttributeBase attribute)
    {
        lock (_lock)
            return _values.TryGetValue(member, out var value) ? value : _values[member] = new Lazy<object?>(() => Read(member, attribute));
    }

    private object? Read(MemberInfo member, ValueInjectionAttributeBase attribute)
    {
        try
        {
            return attribute.GetValue(member, build);
        }
        catch (Exception exception) when (attribute is not ParameterAttribute && exception is not OperationCanceledException)
        {
            if (!member.IsDefined(typeof(OptionalAttribute)))
                build.Session!.Log.Warn($"{BuildMembers.NameOf(member)} stays empty: {exception.Message}");
            return null;
        }
    }

    private static bool IsWritable(MemberInfo member) =>
        member is FieldInfo || ((PropertyInfo)member).CanWrite
        || member.DeclaringType!.GetField($"<{member.Name}>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic) is not null;
}
