using System.Reflection;

namespace WasmWizard.BuildEngine;

/// <summary>The host, when it is of the member's type; null elsewhere.</summary>
public sealed class CIAttribute : ValueInjectionAttributeBase
{
    /// <inheritdoc/>
    public override object? GetValue(MemberInfo member, object instance) => ParameterDiscovery.TypeOf(member).IsInstanceOfType(Host.Instance) ? Host.Instance : null;
}
