using WasmWizard.Delivery.Checking.Snapshots;

namespace WasmWizard.Delivery.Checking.Tests;

/// <summary>Files that say nothing are no findings and no fault.</summary>
public sealed class EmptySpecs
{
    [Theory]
    [InlineData("empty.sh", "")]
    [InlineData("deploy.sh", "#!/bin/sh\n\n# later\n")]
    [InlineData("Makefile", "")]
    [InlineData("Dockerfile", "")]
    [InlineData("docker-compose.yml", "")]
    [InlineData("k8s/empty.yaml", "---\n")]
    [InlineData("monitoring/empty.yml", "groups:\n")]
    [InlineData("kustomization.yaml", "resources:\n")]
    [InlineData("docs/DEPLOYMENT.md", "\n|\n|---|\n")]
    [InlineData("up.sh", "#!/bin/sh\ncd ../..\ncd ./.\n")]
    public void A_file_that_says_nothing_is_read(string path, string text) =>
        Assert.DoesNotContain(RepositoryCheck.Of(new([new(path, text)], BranchFacts.Unknown)), finding => finding.Rule != "WW6301");

    [Fact]
    public void A_repository_without_files_has_no_findings() => Assert.Empty(RepositoryCheck.Of(new([], BranchFacts.Unknown)));
}
