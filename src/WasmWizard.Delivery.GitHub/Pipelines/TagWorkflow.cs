using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.GitHub.Workflows;

namespace WasmWizard.Delivery.GitHub.Pipelines;

/// <summary>A version tag that somebody pushed by hand must not lie: either its commit is healthy in production, or it goes through the whole deployment.</summary>
public static class TagWorkflow
{
    /// <summary>What a version's tag looks like to the platform.</summary>
    public const string Pattern = "v*";

    private const int Refused = 3;
    private static readonly JobId Acceptance = new("accept");

    /// <summary>Whether the environment's flow ends with a release.</summary>
    internal static bool Publishes(PipelineDefinition definition, DeploymentEnvironment environment) =>
        environment.Name == EnvironmentName.Production && definition.Graph.Find(ReleaseJob.Target) is not null;

    /// <summary>Null while the build cannot release.</summary>
    public static Workflow? Of(PipelineDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (definition.Strategy.Environments.SingleOrDefault(environment => Publishes(definition, environment)) is not { } environment)
            return null;
        var deployment = DeployWorkflow.Of(definition, environment);
        return new()
        {
            File = "tag",
            Name = "Tag",
            Triggers = [new Trigger.Tag([Pattern])],
            Jobs = [Accept(definition, environment), Deploy(deployment)],
        };
    }

    private static Job Accept(PipelineDefinition definition, DeploymentEnvironment environment)
    {
        var (steps, target) = (new PipelineSteps(definition.Actions), definition.Graph.Find(ReleaseJob.Target)!);
        return new()
        {
            Id = Acceptance,
            Comment = ["A release of our own makes its tag with the job's token, which starts no workflow: only a tag of a person comes here."],
            Runner = Runner.Ubuntu,
            Timeout = target.Timeout,
            Rights = ReleaseJob.Rights,
            Concurrency = new("release", NewestWins: false),
            Outputs = [new("deploy", "${{ steps.release.outputs.deploy }}")],
            Steps =
            [
                steps.Checkout(wholeHistory: true),
                steps.SetUpSdk(),
                new Step.Run(
                    $$"""
                    status=0
                    ./build.sh {{target.Name}} --branch {{environment.Branch}} --version "$VERSION" || status=$?
                    case $status in
                      0) echo "deploy=false" >> "$GITHUB_OUTPUT" ;;
                      {{Refused}}) echo "deploy=true" >> "$GITHUB_OUTPUT" ;;
                      *) exit "$status" ;;
                    esac

                    """.ReplaceLineEndings("\n"))
                {
                    Name = target.Description,
                    Id = "release",
                    Variables = [new("VERSION", "${{ github.ref_name }}"), ReleaseJob.Token],
                },
            ],
        };
    }

    private static Job Deploy(Workflow deployment) => new()
    {
        Id = JobId.Of(PipelineDefinition.DeployTarget),
        Comment = ["Only where the commit is not healthy in production yet."],
        Needs = [Acceptance],
        Condition = $"${{{{ needs.{Acceptance}.outputs.deploy == 'true' }}}}",
        Runner = Runner.Ubuntu,
        Timeout = TimeSpan.FromMinutes(1),
        // A called workflow's jobs may not exceed what the call allows.
        Rights = [.. deployment.Jobs.SelectMany(job => job.Rights).Distinct().Where(right => right != TokenRight.ReadContents).Order()],
        Steps = [],
        Calls = deployment,
    };
}
