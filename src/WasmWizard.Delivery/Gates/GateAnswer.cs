using WasmWizard.Delivery.Evidence;

namespace WasmWizard.Delivery.Gates;

/// <summary>One row of a verification: the rule, the answer and what it means.</summary>
/// <param name="Rule">What the branch asks.</param>
/// <param name="Result">What the gate said; for a gate without evidence, why there is none.</param>
/// <param name="Evidence">The evidence behind it; null when there is none.</param>
/// <param name="Clearance">Whether a deployment gets past it.</param>
/// <param name="IsBuilt">False for a gate of <c>Strategy.Planned</c>.</param>
public sealed record GateAnswer(GateRule Rule, GateResult Result, GateEvidence? Evidence, Clearance Clearance, bool IsBuilt);
