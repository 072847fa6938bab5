using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.GitHub.Workflows;

namespace WasmWizard.Delivery.GitHub.Pipelines;

/// <summary>
/// What may turn bad while nobody commits: advisories about packages that were fine yesterday, settings and environments that somebody
/// changed by hand, backups that cannot be restored. Each is asked every night by the target that exists for it.
/// </summary>
public static class NightlyWorkflow
{
    /// <summary>The platform's environment that holds the token which may read the repository's settings.</summary>
    public const string ProtectionEnvironment = "protection";

    private const string Night = "23 3 * * *";

    // What somebody changed by hand, and whether what is kept for a bad day can be restored.
    private static readonly (string Target, string Arguments)[] OnEnvironments = [("Status", "--strict"), ("Backup", "")];

    // Advisories appear without a commit, and the same tree measured twice tells how far two measurements differ by themselves.
    private static readonly GateId[] Asked = [GateId.Audit, GateId.Benchmark];

    /// <summary>Null while the build has no target that the night asks for.</summary>
    public static Workflow? Of(PipelineDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var steps = new PipelineSteps(definition.Actions);
        List<Job> jobs =
        [
            .. Gates(definition, steps),
            .. Settings(definition, steps),
            .. definition.Strategy.Environments.Where(environment => !environment.NeedsApproval).SelectMany(environment => OnEnvironment(definition, environment, steps)),
        ];
        return jobs.Count == 0 ? null : new()
        {
            File = "nightly",
            Name = "Nightly",
            Triggers = [new Trigger.Schedule(Night), new Trigger.Dispatch([])],
            Concurrency = new("nightly", NewestWins: false),
            Jobs = jobs,
        };
    }

    // The same question about every branch, so that the branches are a list and the job is one.
    private static IEnumerable<Job> Gates(PipelineDefinition definition, PipelineSteps steps)
    {
        foreach (var target in definition.TargetsOf(Asked))
        {
            var branches = definition.Strategy.Environments
                .Where(environment => definition.BuiltGates(environment).Any(rule => Asked.Contains(rule.Gate) && target.Gates.Contains(rule.Gate)))
                .Select(environment => environment.Branch).ToList();
            if (branches.Count == 0)
                continue;
            yield return new()
            {
                Id = JobId.Of(target.Name),
                Matrix = new("branch", branches),
                Runner = Runner.Ubuntu,
                Timeout = target.Timeout,
                Rights = [TokenRight.ReadContents],
                Steps =
                [
                    steps.Checkout(target.NeedsHistory, "${{ matrix.branch }}"),
                    steps.SetUpSdk(),
                    PipelineSteps.RunTarget(target, "\"$BRANCH\"") with { Variables = [new("BRANCH", "${{ matrix.branch }}")] },
                ],
            };
        }
    }

    // A job's own token may not read the settings, so that a token of its own waits in an environment of its own.
    private static IEnumerable<Job> Settings(PipelineDefinition definition, PipelineSteps steps) =>
        definition.Graph.Find("Protect") is not { } target ? [] :
        [
            new()
            {
                Id = JobId.Of(target.Name),
                Runner = Runner.Ubuntu,
                Timeout = target.Timeout,
                Rights = [TokenRight.ReadContents],
                Environment = new(ProtectionEnvironment, null),
                Concurrency = new(ProtectionEnvironment, NewestWins: false),
                Steps =
                [
                    steps.Checkout(wholeHistory: false),
                    steps.SetUpSdk(),
                    PipelineSteps.RunTarget(target, definition.Strategy.Of(EnvironmentName.Production).Branch) with
                    {
                        Variables = [new("NUKE_GITHUB_TOKEN", "${{ secrets.PROTECTION_TOKEN }}")],
                    },
                ],
            },
        ];

    // An environment that a person must approve would ask somebody every night, so that its own watch is the monitoring's.
    private static IEnumerable<Job> OnEnvironment(PipelineDefinition definition, DeploymentEnvironment environment, PipelineSteps steps)
    {
        var access = new EnvironmentAccess(environment);
        foreach (var (name, arguments) in OnEnvironments)
        {
            if (definition.Graph.Find(name) is not { } target)
                continue;
            yield return new()
            {
                Id = JobId.Of($"{target.Name}{environment.Name}"),
                Comment = access.Reasons,
                Runner = access.Runner,
                Timeout = target.Timeout,
                Rights = access.Rights,
                Environment = access.Environment,
                Concurrency = access.Concurrency,
                Steps =
                [
                    .. access.Prepare(steps, thePushed: false),
                    .. access.Credentials,
                    PipelineSteps.RunTarget(target, environment.Branch, arguments) with { Variables = access.Address },
                ],
            };
        }
    }
}
