namespace WasmWizard.Delivery.Probes;

/// <summary>What asking a service gave.</summary>
/// <param name="IsWell">It answered as it must.</param>
/// <param name="Observed">What it answered, in a person's words.</param>
public sealed record ProbeAnswer(bool IsWell, string Observed);
