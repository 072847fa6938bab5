namespace WasmWizard.Delivery.Environments;

/// <summary>Where a branch name may come from, strongest first; null or blank where a source has none.</summary>
/// <param name="Asked">The parameter <c>--branch</c>.</param>
/// <param name="PullRequestBase">GITHUB_BASE_REF, set on pull requests only.</param>
/// <param name="PlatformRef">GITHUB_REF_NAME.</param>
/// <param name="CheckedOut">Git's current branch; null when HEAD is detached.</param>
public sealed record BranchFacts(string? Asked, string? PullRequestBase, string? PlatformRef, string? CheckedOut);
