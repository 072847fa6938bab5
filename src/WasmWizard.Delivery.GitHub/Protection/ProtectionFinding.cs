namespace WasmWizard.Delivery.GitHub.Protection;

/// <summary>How a setting of the platform stands to the strategy.</summary>
public enum ProtectionState
{
    Match,

    /// <summary>It is otherwise, missing, or nobody asked for it.</summary>
    Drift,

    /// <summary>The token could not see it, or nothing answered. Never counted as a match.</summary>
    Unknown,
}

/// <summary>One setting, compared.</summary>
/// <param name="Setting">Where it is, e.g. <c>ruleset master.rules.pull_request.required_approving_review_count</c>.</param>
/// <param name="Wanted">As the strategy asks for it; <c>nothing</c> where it knows no such setting.</param>
/// <param name="Found">As the platform has it, or why it could not be seen.</param>
public sealed record ProtectionFinding(ProtectionState State, string Setting, string Wanted, string Found)
{
    public const string Nothing = "nothing";

    public override string ToString() => State switch
    {
        ProtectionState.Match => $"match    {Setting}: {Found}",
        ProtectionState.Drift => $"drift    {Setting}: {Found}, wanted: {Wanted}",
        _ => $"unknown  {Setting}: {Found}, wanted: {Wanted}",
    };
}
