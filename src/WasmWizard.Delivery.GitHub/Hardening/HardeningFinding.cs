namespace WasmWizard.Delivery.GitHub.Hardening;

/// <summary>A place in a workflow that an attacker could use, or that makes an attack worse.</summary>
/// <param name="Rule">The rule's id, e.g. <c>unpinned-uses</c>.</param>
/// <param name="File">The workflow's path, relative to the repository's root.</param>
/// <param name="Line">From 1.</param>
/// <param name="Required">What the rule asks for, and why.</param>
/// <param name="Found">What stands there.</param>
/// <param name="Fix">What to write instead.</param>
public sealed record HardeningFinding(string Rule, string File, long Line, string Required, string Found, string Fix)
{
    public override string ToString() => $"{File}:{Line}: {Rule}: {Found}; required: {Required}; fix: {Fix}";
}
