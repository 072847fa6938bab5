using WasmWizard.Delivery.GitHub.Workflows;

namespace WasmWizard.Delivery.GitHub.Pipelines;

/// <summary>What a pull request goes through: every gate of the branch that it targets, and the start scripts of Windows.</summary>
public static class PullRequestWorkflow
{
    /// <summary>The check that branch protection asks for. It stands for all jobs, so that a new gate needs no new protection.</summary>
    public static readonly JobId RequiredCheck = new("required");

    private const string BaseBranch = "github.base_ref || github.event.merge_group.base_ref";
    private static readonly JobId WindowsJob = new("windows");

    public static Workflow Of(PipelineDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var branches = definition.Strategy.Environments.Select(environment => environment.Branch).ToList();
        var steps = new PipelineSteps(definition.Actions);
        List<Job> jobs = [.. GateJobs(definition, branches, steps), Windows(definition, steps)];
        return new()
        {
            File = "pull-request",
            Name = "Pull request",
            Triggers = [new Trigger.PullRequest(branches), new Trigger.MergeGroup()],
            Concurrency = new("${{ github.workflow }}-${{ github.ref }}", NewestWins: true),
            Variables = [new("BASE", $"${{{{ {BaseBranch} }}}}")],
            Jobs = [.. jobs, Required(jobs)],
        };
    }

    private static IEnumerable<Job> GateJobs(PipelineDefinition definition, List<string> branches, PipelineSteps steps)
    {
        var asking = definition.Strategy.Environments
            .SelectMany(environment => definition.BuiltGates(environment), (environment, rule) => (rule.Gate, environment.Branch))
            .ToLookup(pair => pair.Gate, pair => pair.Branch);
        var graph = new JobGraph(definition, asking.Select(gate => gate.Key), deploys: false);
        HashSet<JobId> skippable = [];
        foreach (var target in graph.Targets)
        {
            var gates = target.Gates.Concat(graph.Targets.Where(other => graph.ProductsFor(other).Contains(target)).SelectMany(other => other.Gates)).ToList();
            var wanted = branches.Where(branch => gates.Any(gate => asking[gate].Contains(branch))).ToList();
            var everywhere = wanted.Count == branches.Count;
            if (!everywhere || graph.NeedsOf(target).Any(skippable.Contains))
                skippable.Add(JobId.Of(target.Name));
            yield return new()
            {
                Id = JobId.Of(target.Name),
                Needs = graph.NeedsOf(target),
                Condition = skippable.Contains(JobId.Of(target.Name)) ? Condition(wanted, everywhere) : "",
                Runner = Runner.Ubuntu,
                Timeout = target.Timeout,
                Rights = PipelineSteps.RightsOf(target),
                // A merge queue gives the base branch as a full ref.
                Steps = steps.Target(target, "\"${BASE#refs/heads/}\"", graph.ProductsFor(target), cached: true),
                Outputs = target.HandsOn ? [PipelineSteps.ProductOutput] : [],
            };
        }
    }

    // A job that some base branches skip must not make those behind it skip as well, while a failure still must.
    private static string Condition(List<string> branches, bool everywhere)
    {
        const string NothingFailed = "!failure() && !cancelled()";
        if (everywhere)
            return $"${{{{ {NothingFailed} }}}}";
        var names = string.Join(", ", branches.SelectMany(branch => new[] { branch, "refs/heads/" + branch }).Select(name => $"\"{name}\""));
        return $"${{{{ {NothingFailed} && contains(fromJSON('[{names}]'), {BaseBranch}) }}}}";
    }

    private static Job Windows(PipelineDefinition definition, PipelineSteps steps) => new()
    {
        Id = WindowsJob,
        Comment = ["The start scripts of Windows: Windows PowerShell 5.1, PowerShell 7 and the command prompt."],
        Runner = Runner.Windows,
        Timeout = TimeSpan.FromMinutes(20),
        Rights = [TokenRight.ReadContents],
        Steps =
        [
            steps.Checkout(wholeHistory: false),
            steps.SetUpSdk(),
            new Step.Run("./build.ps1 --help") { Name = "build.ps1 in Windows PowerShell", Shell = "powershell" },
            new Step.Run($"./build.ps1 {PipelineDefinition.WindowsTarget}") { Name = "build.ps1 in PowerShell 7", Shell = "pwsh" },
            new Step.Run(".\\build.cmd --help") { Name = "build.cmd", Shell = "cmd" },
            new Step.Run($".\\build.cmd {PipelineDefinition.WindowsTarget}")
            {
                Name = definition.Graph.Find(PipelineDefinition.WindowsTarget)!.Description,
                Shell = "cmd",
            },
        ],
    };

    private static Job Required(List<Job> jobs)
    {
        var accepted = jobs.Any(job => job.Condition.Length > 0) ? "success|skipped" : "success";
        return new()
        {
            Id = RequiredCheck,
            Comment =
            [
                "The one check that branch protection asks for. It runs always: a skipped check would count as a passed one.",
            ],
            Needs = [.. jobs.Select(job => job.Id)],
            Condition = "${{ always() }}",
            Runner = Runner.Ubuntu,
            Timeout = TimeSpan.FromMinutes(5),
            Rights = [],
            Steps =
            [
                new Step.Run(
                    $$"""
                    for result in $RESULTS; do
                      case $result in
                        {{accepted}}) ;;
                        *)
                          echo "::error::A job above ended as '$result', required: success; so this pull request cannot be merged. Open that job's log: its last lines name the next command."
                          exit 1
                          ;;
                      esac
                    done

                    """.ReplaceLineEndings("\n"))
                {
                    Name = "Every job above succeeded",
                    Variables = [new("RESULTS", "${{ join(needs.*.result, ' ') }}")],
                },
            ],
        };
    }
}
