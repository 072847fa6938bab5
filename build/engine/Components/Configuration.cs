using System.ComponentModel;
using WasmWizard.BuildEngine.Tooling;

namespace WasmWizard.BuildEngine.Components;

/// <summary>The two usual configurations.</summary>
[TypeConverter(typeof(TypeConverter<Configuration>))]
public sealed class Configuration : Enumeration
{
    /// <summary>For finding mistakes.</summary>
    public static readonly Configuration Debug = new() { Value = nameof(Debug) };

    /// <summary>For everybody else.</summary>
    public static readonly Configuration Release = new() { Value = nameof(Release) };

    /// <summary>The text of the value.</summary>
    public static implicit operator string(Configuration configuration) => configuration.Value;
}
