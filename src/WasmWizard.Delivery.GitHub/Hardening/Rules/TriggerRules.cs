using YamlDotNet.RepresentationModel;

namespace WasmWizard.Delivery.GitHub.Hardening.Rules;

/// <summary>Code of strangers never runs with our rights or on our machines.</summary>
internal static class TriggerRules
{
    public static IReadOnlyList<HardeningRule> All { get; } =
    [
        new("dangerous-triggers", "no trigger that runs with this repository's rights on what a stranger sent", DangerousTriggers),
        new("self-hosted-runner", "pull requests run on machines that are thrown away: a stranger's code would stay on ours", OwnMachines),
        new("missing-timeout", "every job ends by a timeout of its own: the platform's default is six hours", MissingTimeout),
    ];

    private static IEnumerable<Place> DangerousTriggers(WorkflowSource workflow) =>
        from trigger in workflow.Triggers
        where trigger.Key is "pull_request_target" or "workflow_run" or "issue_comment" or "discussion_comment"
        select new Place(LineOf(workflow, trigger.Value), $"on: {trigger.Key}", "pull_request for checks, and a run of its own on the protected branch for what needs rights");

    private static IEnumerable<Place> OwnMachines(WorkflowSource workflow) =>
        from job in workflow.Jobs
        where workflow.Triggers.ContainsKey("pull_request")
        let runner = job.Node.Get("runs-on")
        where runner is not null && runner.Scalars().Any(label => label.Value == "self-hosted")
        select new Place(runner.Start.Line, $"job {job.Id} runs pull requests on a machine of ours", "runs-on: a machine of the platform");

    private static IEnumerable<Place> MissingTimeout(WorkflowSource workflow) =>
        from job in workflow.Jobs
        where job.Node.Get("timeout-minutes") is null && job.Node.Get("uses") is null
        select new Place(job.Line, $"job {job.Id} has no timeout", "timeout-minutes: as long as it may take");

    private static long LineOf(WorkflowSource workflow, YamlNode? value) =>
        value is { Start.Line: > 0 } ? value.Start.Line : (workflow.Root.Get("on") ?? workflow.Root).Start.Line;
}
