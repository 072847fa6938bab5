using System.Text.RegularExpressions;
using WasmWizard.Delivery.GitHub.Pipelines;
using Xunit.Abstractions;
using YamlDotNet.RepresentationModel;

namespace WasmWizard.Delivery.GitHub.Tests.Pipelines;

/// <summary>What holds for every generated file, whatever the strategy and the graph.</summary>
public sealed partial class WorkflowFileSpecs(ITestOutputHelper output)
{
    [Fact]
    public void The_same_definition_gives_the_same_bytes()
    {
        var first = WorkflowFiles.Generate(RandomPipelines.Of(7));
        var second = WorkflowFiles.Generate(RandomPipelines.Of(7));

        Assert.Equal(first, second);
        Assert.All(first, file => Assert.DoesNotContain('\r', file.Content));
    }

    [Fact]
    public void There_is_one_file_for_pull_requests_and_one_per_deploying_branch()
    {
        var paths = WorkflowFiles.Generate(Samples.Definition).Select(file => file.Path);

        Assert.Equal(
            [
                ".github/workflows/pull-request.yml", ".github/workflows/deploy-production.yml",
                ".github/workflows/deploy-staging.yml", ".github/workflows/deploy-research.yml",
            ],
            paths);
    }

    [Fact]
    public void Every_file_says_on_top_that_it_is_generated_and_how_to_write_it_again() => Every((text, _) =>
    {
        var top = text.Split('\n').TakeWhile(line => line.StartsWith('#')).ToList();
        Assert.Contains(top, line => line.Contains("do not edit", StringComparison.Ordinal));
        Assert.Contains(top, line => line.Contains("build/Strategy.cs", StringComparison.Ordinal));
        Assert.Contains(top, line => line.Contains("./build.sh Generate", StringComparison.Ordinal));
    });

    [Fact]
    public void Every_action_is_locked_and_pinned_by_its_full_commit() => Every((text, workflow) =>
    {
        var uses = workflow.Steps.Select(step => ParsedWorkflow.Text(step, "uses")).OfType<string>().ToList();
        Assert.NotEmpty(uses);
        Assert.All(uses, reference =>
        {
            Assert.Matches("^[^@]+@[0-9a-f]{40}$", reference);
            var locked = Assert.Single(Samples.Actions.All, action => action.Reference == reference);
            Assert.Contains($"uses: {reference} # {locked.Version}\n", text, StringComparison.Ordinal);
        });
    });

    [Fact]
    public void No_script_holds_an_expression_so_no_name_of_a_branch_can_become_a_command() => Every((_, workflow) =>
        Assert.All(workflow.Steps.Select(step => ParsedWorkflow.Text(step, "run")).OfType<string>(), script =>
        {
            Assert.DoesNotContain("${{", script, StringComparison.Ordinal);
            Assert.DoesNotContain("head_ref", script, StringComparison.Ordinal);
        }));

    [Fact]
    public void Rights_are_empty_on_top_and_only_what_releases_writes_to_the_repository() => Every((_, workflow) =>
    {
        Assert.Empty(Assert.IsType<YamlMappingNode>(workflow.Root["permissions"]).Children);
        Assert.All(workflow.Jobs, job => Assert.Equal(Releases(job.Key, job.Value) ? "write" : "read", Rights(job.Value).GetValueOrDefault("contents", "read")));
    });

    [Fact]
    public void A_job_proves_who_it_is_only_where_it_acts_on_an_environment() => Every((_, workflow) =>
        Assert.All(workflow.Jobs.Values.Where(job => Rights(job).ContainsKey("id-token") || Rights(job).ContainsKey("packages")),
            job => Assert.True(job.Children.ContainsKey("environment") || job.Children.ContainsKey("uses"))));

    [Fact]
    public void Findings_are_shown_by_the_jobs_that_list_some_and_by_no_other() => Every((_, workflow) =>
        Assert.All(workflow.Jobs.Values.Where(job => job.Children.ContainsKey("steps")), job => Assert.Equal(
            ParsedWorkflow.StepsOf(job).Any(step => ParsedWorkflow.Text(step, "uses")?.Contains("upload-sarif", StringComparison.Ordinal) == true),
            Rights(job).ContainsKey("security-events"))));

    [Fact]
    public void Only_pull_requests_use_a_cache() => Every((text, workflow) =>
        Assert.True(((YamlMappingNode)workflow.Root["on"]).Children.ContainsKey("pull_request") || !text.Contains("uses: actions/cache@", StringComparison.Ordinal)));

    [Fact]
    public void A_job_that_checks_nothing_out_may_not_even_read_the_repository() => Every((_, workflow) =>
        Assert.All(workflow.Jobs.Values.Where(job => job.Children.ContainsKey("steps")), job => Assert.Equal(
            ParsedWorkflow.StepsOf(job).Any(step => ParsedWorkflow.Text(step, "uses")?.StartsWith("actions/checkout@", StringComparison.Ordinal) == true),
            ((YamlMappingNode)job["permissions"]).Children.Count > 0)));

    [Fact]
    public void Every_job_ends_by_a_timeout_of_its_own() => Every((_, workflow) =>
        Assert.All(workflow.Jobs.Values.Where(job => !job.Children.ContainsKey("uses")), job => Assert.InRange(int.Parse(job["timeout-minutes"].ToString(), System.Globalization.CultureInfo.InvariantCulture), 1, 60)));

    [Fact]
    public void Every_job_has_a_name_that_the_platform_accepts() => Every((_, workflow) =>
        Assert.All(workflow.Jobs.Keys, id => Assert.Matches("^[A-Za-z_][A-Za-z0-9_-]*$", id)));

    [Fact]
    public void No_checkout_leaves_its_token_in_the_clone() => Every((_, workflow) =>
        Assert.All(
            workflow.Steps.Where(step => ParsedWorkflow.Text(step, "uses")?.StartsWith("actions/checkout@", StringComparison.Ordinal) == true),
            step => Assert.Equal("false", step["with"]["persist-credentials"].ToString())));

    [Fact]
    public void No_artifact_name_is_used_twice() => Every((_, workflow) =>
    {
        var names = workflow.Steps.Where(step => ParsedWorkflow.Text(step, "uses")?.StartsWith("actions/upload-artifact@", StringComparison.Ordinal) == true)
            .Select(step => step["with"]["name"].ToString()).ToList();
        Assert.Equal(names.Distinct(), names);
    });

    [Fact]
    public void Every_run_of_the_build_names_one_target_and_where_it_gates_the_branch() => Every((_, workflow) =>
        Assert.All(
            workflow.Steps.Select(step => ParsedWorkflow.Text(step, "run")).OfType<string>().Where(script => script.Contains("build.sh", StringComparison.Ordinal) && !script.Contains("status=", StringComparison.Ordinal)),
            script => Assert.Matches(BuildCommand(), script)));

    private static bool Releases(string id, YamlMappingNode job) =>
        id is "release" or "accept" || (job.Children.TryGetValue("uses", out var called) && called.ToString().StartsWith("./", StringComparison.Ordinal));

    private static Dictionary<string, string> Rights(YamlMappingNode job) =>
        ((YamlMappingNode)job["permissions"]).ToDictionary(right => right.Key.ToString(), right => right.Value.ToString());

    private void Every(Action<string, ParsedWorkflow> check)
    {
        foreach (var (pipeline, file, parsed) in RandomPipelines.Generated)
        {
            try
            {
                check(file.Content, parsed);
            }
            catch
            {
                output.WriteLine($"{pipeline}, {file.Path}:\n{file.Content}");
                throw;
            }
        }
    }

    [GeneratedRegex("""^\./build\.sh [A-Z][A-Za-z0-9]* --branch ([a-z]+|"\$BRANCH"|"\$\{BASE#refs/heads/\}")(?: --strict| \$\{[A-Z_]+:\+--[a-z-]+(?: "\$[A-Z]+")?\})*\z""")]
    private static partial Regex BuildCommand();
}
