using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.GitHub.Pipelines;
using WasmWizard.Delivery.GitHub.Workflows;
using YamlDotNet.RepresentationModel;

namespace WasmWizard.Delivery.GitHub.Tests.Pipelines;

public sealed class PullRequestWorkflowSpecs
{
    private static readonly ParsedWorkflow Sample = new(Text(Samples.Definition));

    [Fact]
    public void Pull_requests_and_merge_groups_of_the_three_branches_start_it_and_nothing_else_does()
    {
        var triggers = (YamlMappingNode)Sample.Root["on"];

        Assert.Equal(["pull_request", "merge_group"], triggers.Children.Keys.Select(key => key.ToString()));
        Assert.Equal(["master", "development", "research"], ParsedWorkflow.List((YamlMappingNode)triggers["pull_request"], "branches"));
    }

    [Fact]
    public void The_base_branch_reaches_the_script_as_a_variable_in_quotes()
    {
        Assert.Equal("${{ github.base_ref || github.event.merge_group.base_ref }}", Sample.Root["env"]["BASE"].ToString());
        Assert.Contains(Sample.Steps, step => ParsedWorkflow.Text(step, "run") == "./build.sh Test --branch \"${BASE#refs/heads/}\"");
    }

    [Fact]
    public void A_newer_commit_ends_the_checks_of_the_older_one()
    {
        Assert.Equal("true", Sample.Root["concurrency"]["cancel-in-progress"].ToString());
    }

    [Fact]
    public void Windows_starts_both_scripts_with_help_and_with_a_real_target()
    {
        var job = Sample.Jobs["windows"];
        var runs = ParsedWorkflow.StepsOf(job).Where(step => step.Children.ContainsKey("run"))
            .Select(step => $"{ParsedWorkflow.Text(step, "shell")}: {ParsedWorkflow.Text(step, "run")}");

        Assert.Equal("windows-latest", job["runs-on"].ToString());
        Assert.Equal(
            ["powershell: ./build.ps1 --help", "pwsh: ./build.ps1 Compile", "cmd: .\\build.cmd --help", "cmd: .\\build.cmd Compile"], runs);
    }

    [Fact]
    public void Jobs_of_gates_that_all_branches_ask_for_run_unconditionally()
    {
        Assert.All(Sample.Jobs.Where(job => job.Key != "required"), job => Assert.Null(ParsedWorkflow.Text(job.Value, "if")));
        Assert.Contains("    success) ;;\n", ParsedWorkflow.Text(ParsedWorkflow.StepsOf(Sample.Jobs["required"]).Single(), "run"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_gate_that_only_some_branches_ask_for_is_skipped_on_the_others_without_skipping_what_comes_after()
    {
        var strategy = Samples.Strategy with
        {
            Environments =
            [
                .. Samples.Strategy.Environments.Select(environment => environment.Name == EnvironmentName.Research
                    ? environment with { Gates = [.. environment.Gates.Where(rule => rule.Gate != GateId.Tests)] }
                    : environment),
            ],
        };

        var workflow = new ParsedWorkflow(Text(new(strategy, Samples.Targets, Samples.Actions)));

        Assert.Equal(
            """${{ !failure() && !cancelled() && contains(fromJSON('["master", "refs/heads/master", "development", "refs/heads/development"]'), github.base_ref || github.event.merge_group.base_ref) }}""",
            ParsedWorkflow.Text(workflow.Jobs["test"], "if"));
        Assert.Equal("${{ !failure() && !cancelled() }}", ParsedWorkflow.Text(workflow.Jobs["coverage"], "if"));
        Assert.Null(ParsedWorkflow.Text(workflow.Jobs["format"], "if"));
        Assert.Contains("success|skipped) ;;", ParsedWorkflow.Text(ParsedWorkflow.StepsOf(workflow.Jobs["required"]).Single(), "run"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_required_check_runs_even_after_a_failure_because_a_skipped_check_counts_as_passed()
    {
        Assert.Equal("${{ always() }}", ParsedWorkflow.Text(Sample.Jobs["required"], "if"));
        Assert.Empty(((YamlMappingNode)Sample.Jobs["required"]["permissions"]).Children);
    }

    [Theory]
    [InlineData("success success", 0)]
    [InlineData("success skipped success", 1)]
    [InlineData("success failure", 1)]
    [InlineData("cancelled success", 1)]
    public void The_script_of_the_required_check_passes_only_when_all_succeeded(string results, int exitCode)
    {
        if (OperatingSystem.IsWindows())
            return;
        var script = ParsedWorkflow.Text(ParsedWorkflow.StepsOf(Sample.Jobs["required"]).Single(), "run")!;
        var start = new System.Diagnostics.ProcessStartInfo("sh", ["-e", "-c", script]) { RedirectStandardOutput = true };
        start.Environment["RESULTS"] = results;

        using var shell = System.Diagnostics.Process.Start(start)!;
        var said = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();

        Assert.Equal(exitCode, shell.ExitCode);
        Assert.Equal(exitCode != 0, said.Contains("::error::", StringComparison.Ordinal));
    }

    private static string Text(PipelineDefinition definition) => WorkflowText.Write(PullRequestWorkflow.Of(definition), []);
}
