namespace WasmWizard.BuildEngine;

/// <summary>
/// The type of a target member: <c>Target Compile => _ => _.DependsOn(Restore).Executes(...)</c>.
/// Two reads of one member give equal delegates, which is how a target is recognised when another one names it.
/// </summary>
public delegate ITargetDefinition Target(ITargetDefinition definition);
