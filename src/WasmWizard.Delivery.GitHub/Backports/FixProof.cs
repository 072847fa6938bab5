using WasmWizard.Delivery.GitHub.Git;

namespace WasmWizard.Delivery.GitHub.Backports;

/// <summary>Whether a fix of one branch is on another.</summary>
/// <param name="Fix">The change.</param>
/// <param name="Proof">Why it counts as there; null when it is not.</param>
public sealed record FixProof(Fix Fix, string? Proof)
{
    public bool IsThere => Proof is not null;

    public override string ToString() => $"{Fix.Brief} {Fix.Subject}: {Proof ?? "missing"}";
}
