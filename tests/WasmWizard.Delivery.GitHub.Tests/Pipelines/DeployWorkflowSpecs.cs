using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.GitHub.Pipelines;
using WasmWizard.Delivery.GitHub.Workflows;
using YamlDotNet.RepresentationModel;

namespace WasmWizard.Delivery.GitHub.Tests.Pipelines;

public sealed class DeployWorkflowSpecs
{
    [Theory]
    [InlineData(EnvironmentName.Production, "master")]
    [InlineData(EnvironmentName.Staging, "development")]
    [InlineData(EnvironmentName.Research, "research")]
    public void The_last_job_runs_literally_the_command_that_a_person_types(EnvironmentName name, string branch)
    {
        var workflow = Parsed(name);

        Assert.Equal("deploy", workflow.Jobs.Keys.Last());
        Assert.Equal($"./build.sh Deploy --branch {branch}", ParsedWorkflow.Text(Deploy(name).Last(), "run"));
        Assert.Equal([branch], ParsedWorkflow.List((YamlMappingNode)workflow.Root["on"]["push"], "branches"));
        Assert.Single(((YamlMappingNode)workflow.Root["on"]).Children);
    }

    [Fact]
    public void The_deploy_job_names_its_environment_and_waits_its_turn_without_being_dropped()
    {
        var job = Parsed(EnvironmentName.Staging).Jobs["deploy"];

        Assert.Equal("staging", job["environment"]["name"].ToString());
        Assert.Equal("https://development.example.org", job["environment"]["url"].ToString());
        Assert.Equal("deploy-staging", job["concurrency"]["group"].ToString());
        Assert.Equal("false", job["concurrency"]["cancel-in-progress"].ToString());
        Assert.Equal("max", job["concurrency"]["queue"].ToString());
    }

    [Fact]
    public void What_serves_on_a_machine_is_deployed_on_that_machine_and_the_file_says_why()
    {
        Assert.Equal(["self-hosted", "wasm-wizard-research"], ParsedWorkflow.List(Parsed(EnvironmentName.Research).Jobs["deploy"], "runs-on"));
        Assert.Contains("# Runs on the machine that serves research, a self-hosted runner", Text(EnvironmentName.Research), StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_of_our_own_runs_only_the_deployment()
    {
        var others = Parsed(EnvironmentName.Research).Jobs.Where(job => job.Key != "deploy");

        Assert.All(others, job => Assert.Equal(["ubuntu-latest"], ParsedWorkflow.List(job.Value, "runs-on")));
    }

    [Fact]
    public void A_cluster_is_deployed_to_from_a_machine_of_the_platform_with_its_address_from_the_environment()
    {
        var job = Parsed(EnvironmentName.Production).Jobs["deploy"];
        var last = Deploy(EnvironmentName.Production).Last();

        Assert.Equal(["ubuntu-latest"], ParsedWorkflow.List(job, "runs-on"));
        Assert.Equal("deployment", last["env"]["NUKE_KUBE_CONTEXT"].ToString());
        Assert.Contains(Deploy(EnvironmentName.Production), step => ParsedWorkflow.Text(step, "run")?.Contains("umask 077", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void An_engine_is_deployed_to_at_its_address_and_never_on_the_machine_that_runs_the_job()
    {
        var job = Parsed(EnvironmentName.Staging).Jobs["deploy"];

        Assert.Equal(["ubuntu-latest"], ParsedWorkflow.List(job, "runs-on"));
        Assert.Equal("${{ vars.DOCKER_HOST }}", Deploy(EnvironmentName.Staging).Last()["env"]["NUKE_DOCKER_HOST"].ToString());
        Assert.Contains(Deploy(EnvironmentName.Staging), step => ParsedWorkflow.Text(step, "run")?.Contains("exit 2", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void Only_an_engine_elsewhere_needs_a_stored_key_and_only_its_deploy_job_sees_it()
    {
        Assert.DoesNotContain("secrets.", Text(EnvironmentName.Research), StringComparison.Ordinal);
        Assert.DoesNotContain("secrets.", Text(EnvironmentName.Production), StringComparison.Ordinal);
        Assert.Equal("write", Parsed(EnvironmentName.Production).Jobs["deploy"]["permissions"]["id-token"].ToString());
        var text = Text(EnvironmentName.Staging);
        Assert.True(text.IndexOf("secrets.", StringComparison.Ordinal) > text.IndexOf("\n  deploy:", StringComparison.Ordinal));
    }

    [Fact]
    public void The_deployment_fetches_the_whole_history_and_the_evidence_of_the_jobs_before()
    {
        var steps = Deploy(EnvironmentName.Research).ToList();

        Assert.Equal("0", steps[0]["with"]["fetch-depth"].ToString());
        var evidence = Assert.Single(steps, step => ParsedWorkflow.Text(step, "name") == "Take the evidence of the jobs above");
        Assert.Equal("artifacts/evidence", evidence["with"]["path"].ToString());
        Assert.Equal("evidence-*", evidence["with"]["pattern"].ToString());
    }

    [Fact]
    public void A_gate_job_keeps_its_own_evidence_also_when_it_refuses()
    {
        var step = ParsedWorkflow.StepsOf(Parsed(EnvironmentName.Research).Jobs["test"]).Last();

        Assert.Equal("${{ !cancelled() }}", step["if"].ToString());
        Assert.Equal("evidence-test", step["with"]["name"].ToString());
        Assert.Equal("artifacts/evidence/tests*", step["with"]["path"].ToString());
        Assert.Equal("error", step["with"]["if-no-files-found"].ToString());
    }

    [Fact]
    public void A_job_installs_what_its_target_runs_before_it_runs()
    {
        var scripts = ParsedWorkflow.StepsOf(Parsed(EnvironmentName.Production).Jobs["test"]).Select(step => ParsedWorkflow.Text(step, "run")).OfType<string>();

        Assert.Equal(["sudo .ci/run tools", "./build.sh Test --branch master"], scripts);
        Assert.DoesNotContain(Parsed(EnvironmentName.Production).Jobs["format"].ToString(), "tools", StringComparison.Ordinal);
    }

    [Fact]
    public void Gates_that_are_only_planned_have_no_job()
    {
        Assert.DoesNotContain("docs", Parsed(EnvironmentName.Production).Jobs.Keys);
    }

    [Fact]
    public void A_gate_job_tells_what_its_branch_demands()
    {
        Assert.Contains("  # coverage (required): the demand of coverage\n  coverage:\n", Text(EnvironmentName.Production), StringComparison.Ordinal);
    }

    [Fact]
    public void An_approval_that_the_strategy_asks_for_is_told_in_the_file()
    {
        Assert.Contains("A person approves it first", Text(EnvironmentName.Production), StringComparison.Ordinal);
        Assert.DoesNotContain("A person approves it first", Text(EnvironmentName.Research), StringComparison.Ordinal);
    }

    private static IEnumerable<YamlMappingNode> Deploy(EnvironmentName name) => ParsedWorkflow.StepsOf(Parsed(name).Jobs["deploy"]);

    private static ParsedWorkflow Parsed(EnvironmentName name) => new(Text(name));

    private static string Text(EnvironmentName name) =>
        WorkflowText.Write(DeployWorkflow.Of(Samples.Definition, Samples.Strategy.Of(name)), []);
}
