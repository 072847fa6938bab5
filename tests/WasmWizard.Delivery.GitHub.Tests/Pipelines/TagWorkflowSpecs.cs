using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.GitHub.Pipelines;
using WasmWizard.Delivery.GitHub.Workflows;
using YamlDotNet.RepresentationModel;

namespace WasmWizard.Delivery.GitHub.Tests.Pipelines;

/// <summary>A version is given after the rollout, and a tag that a person pushed does not lie.</summary>
public sealed class TagWorkflowSpecs
{
    private static readonly PipelineDefinition Releasing =
        new(Samples.Strategy, [.. Samples.Targets, new PipelineTarget("Release", "Name what serves", [])], Samples.Actions);

    private static ParsedWorkflow Tag => new(WorkflowText.Write(TagWorkflow.Of(Releasing)!, []));

    [Fact]
    public void Without_the_target_there_is_neither_release_nor_tag()
    {
        Assert.Null(TagWorkflow.Of(Samples.Definition));
        Assert.DoesNotContain(DeployWorkflow.Of(Samples.Definition, Samples.Strategy.Of(EnvironmentName.Production)).Jobs, job => job.Id.ToString() == "release");
    }

    [Theory]
    [InlineData(EnvironmentName.Production, true)]
    [InlineData(EnvironmentName.Staging, false)]
    [InlineData(EnvironmentName.Research, false)]
    public void Production_alone_is_released_after_its_deployment(EnvironmentName name, bool releases)
    {
        var jobs = new ParsedWorkflow(WorkflowText.Write(DeployWorkflow.Of(Releasing, Samples.Strategy.Of(name)), [])).Jobs;

        Assert.Equal(releases, jobs.ContainsKey("release"));
        if (releases)
            Assert.Equal(["deploy", "image"], ParsedWorkflow.Needs(jobs["release"]));
    }

    [Fact]
    public void What_was_signed_and_what_the_image_is_made_of_are_at_hand_before_the_release()
    {
        List<PipelineTarget> targets =
        [
            .. Samples.Targets.Where(target => target.Name != "Deploy"),
            new("Attest", "Sign", ["Image"]) { Product = "artifacts/attestations", NeedsKey = true },
            new("Sbom", "List what is in it", ["Image"]) { Product = "artifacts/sbom" },
            new("Deploy", "Deploy", ["Verify", "Attest"]),
            new("Release", "Name what serves", []),
        ];

        var written = new ParsedWorkflow(WorkflowText.Write(DeployWorkflow.Of(new(Samples.Strategy, targets, Samples.Actions), Samples.Strategy.Of(EnvironmentName.Production)), []));

        var steps = ParsedWorkflow.StepsOf(written.Jobs["release"]).ToList();
        Assert.Equal("product-attest", steps.Single(step => ParsedWorkflow.Text(step, "name") == "Take what was signed")["with"]["pattern"].ToString());
        Assert.Equal("./build.sh Sbom --branch master", steps[^2]["run"].ToString());
        Assert.StartsWith("./build.sh Release --branch master", steps[^1]["run"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pushed_tag_is_asked_about_first_and_deploys_only_where_its_commit_is_not_healthy_yet()
    {
        Assert.Equal(["v*"], ParsedWorkflow.List((YamlMappingNode)Tag.Root["on"]["push"], "tags"));
        Assert.Equal(["accept"], ParsedWorkflow.Needs(Tag.Jobs["deploy"]));
        Assert.Equal("${{ needs.accept.outputs.deploy == 'true' }}", Tag.Jobs["deploy"]["if"].ToString());
        Assert.Equal("./.github/workflows/deploy-production.yml", Tag.Jobs["deploy"]["uses"].ToString());
    }

    [Fact]
    public void The_call_allows_what_the_called_jobs_need()
    {
        var called = new ParsedWorkflow(WorkflowText.Write(DeployWorkflow.Of(Releasing, Samples.Strategy.Of(EnvironmentName.Production)), []));
        Assert.True(((YamlMappingNode)called.Root["on"]).Children.ContainsKey("workflow_call"));
        var allowed = Rights(Tag.Jobs["deploy"]);

        Assert.All(called.Jobs.Values.SelectMany(Rights).Where(right => right.Value == "write"), right => Assert.Contains(right, allowed));
        Assert.All(called.Jobs.Values.SelectMany(Rights).Where(right => right.Value == "read"), right => Assert.Contains(right.Key, allowed.Keys));
    }

    private static Dictionary<string, string> Rights(YamlMappingNode job) =>
        ((YamlMappingNode)job["permissions"]).ToDictionary(right => right.Key.ToString(), right => right.Value.ToString());
}
