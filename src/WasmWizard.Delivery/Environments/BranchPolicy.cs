namespace WasmWizard.Delivery.Environments;

/// <summary>What a branch means: whose gates it answers to, and whether it deploys.</summary>
/// <param name="Branch">The resolved name; <c>(detached)</c> when no source knows one.</param>
/// <param name="Environment">The environment whose gates apply.</param>
/// <param name="Deploys">True for the three branches of the strategy and no other.</param>
public sealed record BranchPolicy(string Branch, DeploymentEnvironment Environment, bool Deploys)
{
    private const string Detached = "(detached)";
    private const string HotfixPrefix = "hotfix/";

    /// <summary>
    /// The first source that knows a branch decides. A branch of the strategy has its own policy, <c>hotfix/*</c> verifies as production's
    /// branch, and every other verifies as staging's and deploys nowhere.
    /// </summary>
    public static BranchPolicy Resolve(DeliveryStrategy strategy, BranchFacts facts)
    {
        var branch = new[] { facts.Asked, facts.PullRequestBase, facts.PlatformRef, facts.CheckedOut }
            .FirstOrDefault(name => !string.IsNullOrWhiteSpace(name))?.Trim() ?? Detached;
        var own = strategy.Environments.SingleOrDefault(environment => environment.Branch == branch);
        if (own is not null)
            return new(branch, own, Deploys: true);
        var guardian = branch.StartsWith(HotfixPrefix, StringComparison.Ordinal) ? EnvironmentName.Production : EnvironmentName.Staging;
        return new(branch, strategy.Of(guardian), Deploys: false);
    }
}
