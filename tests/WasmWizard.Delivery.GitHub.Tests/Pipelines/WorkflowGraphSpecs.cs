using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.GitHub.Pipelines;
using WasmWizard.Delivery.GitHub.Workflows;
using Xunit.Abstractions;

namespace WasmWizard.Delivery.GitHub.Tests.Pipelines;

/// <summary>The jobs wait for each other exactly as the targets do, no more and no less; read back from the written files.</summary>
public sealed class WorkflowGraphSpecs(ITestOutputHelper output)
{
    [Fact]
    public void The_needs_of_every_file_are_the_target_graph_reduced_to_its_jobs()
    {
        foreach (var seed in Enumerable.Range(0, RandomPipelines.Count))
        {
            var definition = RandomPipelines.Of(seed);
            foreach (var environment in definition.Strategy.Environments)
                Compare(definition, seed, DeployWorkflow.Of(definition, environment), GatesOf(definition, [environment]), withDeploy: true);
            Compare(definition, seed, PullRequestWorkflow.Of(definition), GatesOf(definition, definition.Strategy.Environments), withDeploy: false);
        }
    }

    [Fact]
    public void Targets_that_are_no_gates_are_looked_through()
    {
        var needs = DeployJobs(Samples.Definition, EnvironmentName.Production);

        Assert.Equal(["coverage", "deploy", "format", "image", "test", "verify-generated"], needs.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(needs["test"]);
        Assert.Equal(["test"], needs["coverage"]);
        Assert.Equal(["coverage", "format", "image", "verify-generated"], needs["deploy"].Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_deployment_waits_for_every_gate_even_where_the_graph_forgets_one()
    {
        var forgetful = Samples.Targets.Select(target => target.Name == "Deploy" ? target with { DependsOn = [] } : target).ToList();

        var needs = DeployJobs(new(Samples.Strategy, forgetful, Samples.Actions), EnvironmentName.Staging);

        Assert.Equal(["coverage", "format", "verify-generated"], needs["deploy"].Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_required_check_waits_for_every_other_job_of_a_pull_request()
    {
        var jobs = PullRequestWorkflow.Of(Samples.Definition).Jobs;

        Assert.Equal(jobs.SkipLast(1).Select(job => job.Id), jobs[^1].Needs);
        Assert.Equal(PullRequestWorkflow.RequiredCheck, jobs[^1].Id);
    }

    private static Dictionary<string, IReadOnlyList<string>> DeployJobs(PipelineDefinition definition, EnvironmentName name) =>
        Written(DeployWorkflow.Of(definition, definition.Strategy.Of(name)));

    private static Dictionary<string, IReadOnlyList<string>> Written(Workflow workflow) =>
        new ParsedWorkflow(WorkflowText.Write(workflow, [])).Jobs.ToDictionary(job => job.Key, job => ParsedWorkflow.Needs(job.Value));

    private static HashSet<GateId> GatesOf(PipelineDefinition definition, IEnumerable<DeploymentEnvironment> environments) =>
        environments.SelectMany(environment => environment.Gates).Select(rule => rule.Gate).Except(definition.Strategy.Planned).ToHashSet();

    // An independent reading of the rule: reachability by brute force, and an edge is needed when no third job lies between, or when it carries a product.
    private void Compare(PipelineDefinition definition, int seed, Workflow workflow, HashSet<GateId> gates, bool withDeploy)
    {
        var targets = definition.Graph.Ordered.ToDictionary(target => target.Name);
        var measuring = targets.Values.Where(target => target.Gates.Any(gates.Contains)).Select(target => target.Name).ToList();
        HashSet<string> All(string name)
        {
            var found = new HashSet<string>();
            var open = new Stack<string>(targets[name].DependsOn.Concat(name == "Deploy" ? measuring : []));
            while (open.TryPop(out var next))
            {
                if (found.Add(next))
                    targets[next].DependsOn.ToList().ForEach(open.Push);
            }
            return found;
        }

        var carriers = measuring.Concat(withDeploy ? ["Deploy"] : []).SelectMany(All)
            .Where(name => targets[name].Product.Length > 0 && targets[name].Gates.Count == 0 && !targets[name].NeedsKey).ToHashSet();
        var jobs = measuring.Concat(carriers).ToList();
        var known = new Dictionary<string, HashSet<string>>();
        HashSet<string> Behind(string name)
        {
            if (known.TryGetValue(name, out var before))
                return before;
            var found = All(name);
            found.IntersectWith(jobs);
            return known[name] = found;
        }

        var expected = jobs.Concat(withDeploy ? ["Deploy"] : []).ToDictionary(
            name => JobId.Of(name).ToString(),
            name => Behind(name).Where(near => carriers.Contains(near) || !Behind(name).Any(between => between != near && Behind(between).Contains(near)))
                .Select(near => JobId.Of(near).ToString()).ToHashSet());
        var written = Written(workflow).Where(job => withDeploy || job.Key is not ("windows" or "required")).Where(job => job.Key != "release").ToDictionary(job => job.Key, job => job.Value.ToHashSet());
        output.WriteLine($"seed {seed}, {workflow.File}");
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), written.Keys.Order(StringComparer.Ordinal));
        Assert.All(expected, job => Assert.Equal(job.Value, written[job.Key]));
    }
}
