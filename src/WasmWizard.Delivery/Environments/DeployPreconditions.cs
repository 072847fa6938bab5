using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Environments;

/// <summary>What must hold before the first gate of a deployment runs; every fault at once.</summary>
public static class DeployPreconditions
{
    public static IReadOnlyList<Fault> Faults(DeliveryStrategy strategy, BranchPolicy policy, DeployFacts facts) =>
        policy.Deploys
            ? [.. TargetFaults(policy.Environment, facts), .. SourceFaults(policy.Environment, facts)]
            : [BranchFault(strategy, policy)];

    /// <summary>The target that <c>--on</c> names, else the environment's first.</summary>
    public static TargetKind Target(DeploymentEnvironment environment, TargetKind? asked) => asked ?? environment.Targets[0];

    private static Fault BranchFault(DeliveryStrategy strategy, BranchPolicy policy) => new(
        "WW2101",
        $"branch {policy.Branch} deploys nowhere",
        $"one of {string.Join(", ", strategy.Environments.Select(environment => environment.Branch))}",
        $"./build.sh Deploy --branch {strategy.Of(EnvironmentName.Research).Branch}");

    private static IEnumerable<Fault> TargetFaults(DeploymentEnvironment environment, DeployFacts facts)
    {
        var target = Target(environment, facts.Asked);
        if (!environment.Targets.Contains(target))
        {
            yield return new(
                "WW2102",
                $"--on {Word(target)} for {environment.Word}",
                $"{environment.Word} runs on {string.Join(" or ", environment.Targets.Select(Word))}",
                $"./build.sh Deploy --branch {environment.Branch} --on {Word(environment.Targets[0])}");
        }
        else if (!facts.Built.Contains(target))
        {
            yield return new(
                "WW2103",
                $"{environment.Word} on {Word(target)} cannot be deployed by this build yet",
                $"one of the targets that are built: {string.Join(", ", facts.Built.Order().Select(Word))}",
                $"./build.sh Explain --branch {environment.Branch}");
        }
    }

    private static IEnumerable<Fault> SourceFaults(DeploymentEnvironment environment, DeployFacts facts)
    {
        if (environment.Name != EnvironmentName.Production)
            yield break;
        if (!facts.TreeIsClean)
            yield return new("WW2104", "the tree has uncommitted changes", "a clean tree: production runs only what is committed", "git status");
        if (!facts.ReachableFromBranch)
        {
            yield return new(
                "WW2105",
                $"HEAD is not reachable from {environment.Branch}",
                $"a commit that was reviewed into {environment.Branch}",
                $"git log {environment.Branch}..HEAD");
        }
    }

    private static string Word(TargetKind kind) => kind.ToString().ToLowerInvariant();
}
