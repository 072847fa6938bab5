using WasmWizard.Delivery.Yaml;

namespace WasmWizard.Delivery.GitHub.Workflows;

/// <summary>One input of an action or one variable of a script. Values may be expressions of the platform.</summary>
public sealed record Setting(string Name, YamlScalar Value);
