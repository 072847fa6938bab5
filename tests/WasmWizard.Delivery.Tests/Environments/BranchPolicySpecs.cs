using WasmWizard.Delivery.Environments;

namespace WasmWizard.Delivery.Tests.Environments;

public class BranchPolicySpecs
{
    [Theory]
    [InlineData("master", EnvironmentName.Production, true)]
    [InlineData("development", EnvironmentName.Staging, true)]
    [InlineData("research", EnvironmentName.Research, true)]
    [InlineData("hotfix/critical", EnvironmentName.Production, false)]
    [InlineData("feature/new", EnvironmentName.Staging, false)]
    [InlineData("main", EnvironmentName.Staging, false)]
    [InlineData("Master", EnvironmentName.Staging, false)]
    [InlineData("hotfix", EnvironmentName.Staging, false)]
    public void A_branch_answers_to_the_gates_of_its_environment(string branch, EnvironmentName environment, bool deploys)
    {
        var policy = BranchPolicy.Resolve(SampleStrategy.Create(), new(branch, null, null, null));

        Assert.Equal((branch, environment, deploys), (policy.Branch, policy.Environment.Name, policy.Deploys));
    }

    [Theory]
    [InlineData("research", "master", "development", "feature/x", "research")]
    [InlineData(null, "master", "development", "feature/x", "master")]
    [InlineData("", "", "development", "feature/x", "development")]
    [InlineData(null, null, " ", "feature/x", "feature/x")]
    [InlineData(null, null, null, null, "(detached)")]
    public void The_first_source_that_knows_a_branch_decides(string? asked, string? pullRequest, string? platform, string? checkedOut, string expected) =>
        Assert.Equal(expected, BranchPolicy.Resolve(SampleStrategy.Create(), new(asked, pullRequest, platform, checkedOut)).Branch);
}
