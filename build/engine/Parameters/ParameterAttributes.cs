using System.Reflection;

namespace WasmWizard.BuildEngine;

/// <summary>A member that gets its value before targets run. Derive for values of your own.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public abstract class ValueInjectionAttributeBase : Attribute
{
    /// <summary>The value for the member, or null to leave its initializer.</summary>
    public abstract object? GetValue(MemberInfo member, object instance);
}

/// <summary>
/// A parameter of the build. Command line before environment (prefix <c>NUKE_</c> only) before profiles before <c>.nuke/parameters.json</c>
/// before the member's initializer. Names are compared without dashes, underscores and case.
/// </summary>
/// <param name="description">The help line.</param>
public class ParameterAttribute(string? description = null) : ValueInjectionAttributeBase
{
    /// <summary>The help line.</summary>
    public string? Description { get; } = description;

    /// <summary>The name to type, when it is not the member's.</summary>
    public string? Name { get; set; }

    /// <summary>Divides one word into the values of a list. Environment values are divided at blanks without it.</summary>
    public string? Separator { get; set; }

    /// <summary>Whether help and schema list it. Default true.</summary>
    public bool List { get; set; } = true;

    /// <summary>The type that has <see cref="ValueProviderMember"/>; the build's own without it.</summary>
    public Type? ValueProviderType { get; set; }

    /// <summary>A member that lists the possible values, for the schema.</summary>
    public string? ValueProviderMember { get; set; }

    /// <inheritdoc/>
    public override object? GetValue(MemberInfo member, object instance) => (instance as NukeBuild)?.Parameters?.ValueOf(member);
}

/// <summary>The parameter's value is masked in everything the build prints.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;

/// <summary>The member must have a value, whatever is invoked.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class RequiredAttribute : Attribute;

/// <summary>A value that cannot be injected is left out without a warning.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class OptionalAttribute : Attribute;

/// <summary>Begins the names of all parameters of a component.</summary>
/// <param name="prefix">For example <c>GitHubRelease</c>: <c>Name</c> becomes <c>--github-release-name</c>.</param>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class ParameterPrefixAttribute(string prefix) : Attribute
{
    /// <summary>The beginning of the names.</summary>
    public string Prefix { get; } = prefix;
}
