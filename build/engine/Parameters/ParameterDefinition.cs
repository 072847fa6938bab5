using System.Reflection;

namespace WasmWizard.BuildEngine;

/// <summary>One parameter that a person can give: of the build, or of the engine.</summary>
internal sealed record ParameterDefinition(string Name, Type ValueType, string? Description = null)
{
    /// <summary>The member that is declared with the attribute; null for the engine's own.</summary>
    public MemberInfo? Member { get; init; }

    public ParameterAttribute? Attribute { get; init; }

    public bool IsSecret { get; init; }

    public bool IsListed { get; init; } = true;

    public string? Separator { get; init; }

    /// <summary>May stand without a value although it is no switch.</summary>
    public bool MayBeBare { get; init; }

    /// <summary>Only the command line may give it.</summary>
    public bool IsCommandLineOnly { get; init; }

    public string Key { get; } = NameForm.Normalize(Name);

    public string Option { get; } = "--" + NameForm.ToKebabCase(Name);

    public bool IsSwitch => (Nullable.GetUnderlyingType(ValueType) ?? ValueType) == typeof(bool);

    public bool IsCollection => ValueConverter.ElementTypeOf(ValueType) is not null;
}
