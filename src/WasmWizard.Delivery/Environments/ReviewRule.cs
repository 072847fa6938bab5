namespace WasmWizard.Delivery.Environments;

/// <summary>Who must have read a change before it reaches a branch.</summary>
/// <param name="Reviewers">Approvals required, 0 or more; 0 allows a direct push.</param>
/// <param name="CodeOwners">An owner of every touched path must be among them.</param>
/// <param name="AutoMerge">The pull request merges by itself once approved and green.</param>
/// <param name="PathTeams">Teams that must approve when a path under their pattern changes, e.g. <c>k8s/**</c> to <c>security</c>.</param>
public sealed record ReviewRule(
    int Reviewers,
    bool CodeOwners = false,
    bool AutoMerge = false,
    IReadOnlyDictionary<string, string>? PathTeams = null);
