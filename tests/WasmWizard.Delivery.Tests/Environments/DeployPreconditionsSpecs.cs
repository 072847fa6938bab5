using WasmWizard.Delivery.Environments;

namespace WasmWizard.Delivery.Tests.Environments;

public class DeployPreconditionsSpecs
{
    private static readonly DeployFacts Ready = new(null, new HashSet<TargetKind>(Enum.GetValues<TargetKind>()), TreeIsClean: true, ReachableFromBranch: true);

    [Theory]
    [InlineData("master")]
    [InlineData("development")]
    [InlineData("research")]
    public void A_ready_branch_has_no_fault(string branch) => Assert.Empty(Faults(branch, Ready));

    [Fact]
    public void A_branch_that_deploys_nowhere_names_those_that_do()
    {
        var fault = Assert.Single(Faults("main", Ready));

        Assert.Equal(("WW2101", "one of master, development, research"), (fault.Id, fault.Required));
    }

    [Fact]
    public void Production_lists_all_its_faults_at_once()
    {
        var facts = Ready with { Built = new HashSet<TargetKind> { TargetKind.Local }, TreeIsClean = false, ReachableFromBranch = false };

        Assert.Equal(["WW2103", "WW2104", "WW2105"], Faults("master", facts).Select(fault => fault.Id));
    }

    [Fact]
    public void Research_deploys_a_tree_with_uncommitted_changes() =>
        Assert.Empty(Faults("research", Ready with { TreeIsClean = false, ReachableFromBranch = false }));

    [Fact]
    public void A_target_that_the_strategy_does_not_list_is_refused_with_those_it_lists()
    {
        var fault = Assert.Single(Faults("research", Ready with { Asked = TargetKind.Kubernetes }));

        Assert.Equal(("WW2102", "research runs on local or compose"), (fault.Id, fault.Required));
    }

    [Fact]
    public void The_first_listed_target_is_the_default()
    {
        var staging = SampleStrategy.Create().Of(EnvironmentName.Staging);

        Assert.Equal(
            (TargetKind.Compose, TargetKind.Kubernetes),
            (DeployPreconditions.Target(staging, null), DeployPreconditions.Target(staging, TargetKind.Kubernetes)));
    }

    private static IReadOnlyList<Delivery.Ports.Fault> Faults(string branch, DeployFacts facts)
    {
        var strategy = SampleStrategy.Create();
        return DeployPreconditions.Faults(strategy, BranchPolicy.Resolve(strategy, new(branch, null, null, null)), facts);
    }
}
