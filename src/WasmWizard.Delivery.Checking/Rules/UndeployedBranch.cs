using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A branch that the strategy deploys by itself, and that no workflow deploys.</summary>
internal sealed class UndeployedBranch : CheckRule
{
    public override string Id => "WW6002";

    public override string Title => "A promised deployment has no workflow";

    public override string Required => "every branch that deploys by itself has a workflow that runs on push to it and changes its environment";

    protected override IEnumerable<Place> Inspect(Repository repository) =>
        from branch in repository.Strategy.Branches
        where branch.AutoDeploys && repository.Workflows.Count > 0
        where !repository.Workflows.Any(workflow => workflow.RunsOn(branch.Name, "push", "workflow_run") && workflow.Jobs.Any(job => job.MayRunOn(branch.Name) && MentionsDeployment(repository, job)))
        select new Place(branch.File, branch.Line, $"no workflow that runs on push to {branch.Name} deploys to {branch.Environment}", $"add a workflow on push to {branch.Name} that deploys, or say that the branch is deployed by hand")
        {
            Promised = $"{branch.File}:{branch.Line}: {branch.Name} deploys to {branch.Environment} by itself",
        };

    // A job that is called a deployment but only prints is the finding of another rule.
    private static bool MentionsDeployment(Repository repository, Job job) =>
        EchoedSteps.Subject(job.Id + " " + job.Name) == "deploy" || job.Steps.Any(step => EchoedSteps.Subject(step.Name) == "deploy")
        || RunTexts.Of(repository, job).Any(text => Capabilities.In(text).Contains(Capability.Deploy));
}
