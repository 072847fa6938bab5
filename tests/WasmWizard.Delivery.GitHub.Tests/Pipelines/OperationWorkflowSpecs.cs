using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.GitHub.Pipelines;
using WasmWizard.Delivery.GitHub.Workflows;
using YamlDotNet.RepresentationModel;

namespace WasmWizard.Delivery.GitHub.Tests.Pipelines;

/// <summary>What people and the clock start: it exists where its target does, and only there.</summary>
public sealed class OperationWorkflowSpecs
{
    private static readonly PipelineDefinition Whole = With("Rollback", "Promote", "Incident", "Release", "Protect", "Backup", "Status");

    [Fact]
    public void A_target_that_the_build_lacks_has_no_workflow()
    {
        Assert.Empty(OperationWorkflow.Of(Samples.Definition));
        Assert.Null(NightlyWorkflow.Of(Samples.Definition));
        Assert.Equal(["rollback"], OperationWorkflow.Of(With("Rollback")).Select(workflow => workflow.File));
    }

    [Fact]
    public void A_rollback_asks_where_and_runs_there_alone_with_what_was_filled_in_as_a_variable()
    {
        var workflow = Parsed("rollback");

        var inputs = (YamlMappingNode)workflow.Root["on"]["workflow_dispatch"]["inputs"];
        Assert.Equal(["production", "staging", "research"], ParsedWorkflow.List((YamlMappingNode)inputs["environment"], "options"));
        Assert.Equal(["rollback-production", "rollback-staging", "rollback-research"], workflow.Jobs.Keys);
        var job = workflow.Jobs["rollback-staging"];
        Assert.Equal("${{ inputs.environment == 'staging' }}", job["if"].ToString());
        var command = ParsedWorkflow.StepsOf(job).Last();
        Assert.Equal("./build.sh Rollback --branch development ${TO:+--to \"$TO\"}", command["run"].ToString());
        Assert.Equal("${{ inputs.to }}", command["env"]["TO"].ToString());
    }

    [Theory]
    [InlineData("rollback", "rollback-production")]
    [InlineData("promote", "promote")]
    [InlineData("incident", "incident-production")]
    public void Whatever_changes_an_environment_takes_turns_with_its_deployments(string file, string job) =>
        Assert.Equal("deploy-production", Parsed(file).Jobs[job]["concurrency"]["group"].ToString());

    [Fact]
    public void An_operation_works_on_the_branch_of_its_environment_whatever_branch_it_was_started_on() =>
        Assert.All(Parsed("rollback").Jobs.Values.Zip(["master", "development", "research"]), pair =>
            Assert.Equal(pair.Second, ParsedWorkflow.StepsOf(pair.First).First()["with"]["ref"].ToString()));

    [Fact]
    public void A_release_shows_what_it_would_do_unless_it_is_told_to_do_it()
    {
        var release = Parsed("release");

        Assert.Equal("true", release.Root["on"]["workflow_dispatch"]["inputs"]["dry-run"]["default"].ToString());
        Assert.Equal("write", release.Jobs["release"]["permissions"]["contents"].ToString());
    }

    [Fact]
    public void The_night_asks_the_audit_of_every_branch_that_wants_one_in_one_job()
    {
        List<PipelineTarget> targets = [.. Samples.Targets, new("Audit", "Ask for advisories", []) { Gates = [GateId.Audit] }];
        var strategy = Samples.Strategy with { Planned = [.. Samples.Strategy.Planned.Where(gate => gate != GateId.Audit)] };

        var job = Written(NightlyWorkflow.Of(new(strategy, targets, Samples.Actions))!).Jobs["audit"];

        Assert.Equal(["master", "development", "research"], ParsedWorkflow.List((YamlMappingNode)job["strategy"]["matrix"], "branch"));
        Assert.Equal("false", job["strategy"]["fail-fast"].ToString());
        Assert.Equal("${{ matrix.branch }}", ParsedWorkflow.StepsOf(job).First()["with"]["ref"].ToString());
    }

    [Fact]
    public void The_night_wakes_nobody_for_an_approval()
    {
        var jobs = Written(NightlyWorkflow.Of(Whole)!).Jobs;

        Assert.Equal(["protect", "status-staging", "backup-staging", "status-research", "backup-research"], jobs.Keys);
        Assert.Equal("protection", jobs["protect"]["environment"]["name"].ToString());
    }

    private static PipelineDefinition With(params string[] names) =>
        new(Samples.Strategy, [.. Samples.Targets, .. names.Select(name => new PipelineTarget(name, $"Does {name}", []))], Samples.Actions);

    private static ParsedWorkflow Parsed(string file) => Written(OperationWorkflow.Of(Whole).Single(workflow => workflow.File == file));

    private static ParsedWorkflow Written(Workflow workflow) => new(WorkflowText.Write(workflow, []));
}
