using YamlDotNet.RepresentationModel;

namespace WasmWizard.Delivery.GitHub.Hardening.Rules;

/// <summary>Two runs never change one environment at once, and no waiting deployment is lost.</summary>
internal static class ConcurrencyRules
{
    public static IReadOnlyList<HardeningRule> All { get; } =
    [
        new("concurrency-limits", "runs that deploy take turns, and runs that only check give way to newer ones", ConcurrencyLimits),
    ];

    private static IEnumerable<Place> ConcurrencyLimits(WorkflowSource workflow)
    {
        var whole = workflow.Root.Get("concurrency");
        foreach (var job in workflow.Jobs.Where(job => job.Environment is not null))
        {
            var own = job.Node.Get("concurrency") ?? whole;
            if (own is null)
                yield return new(job.Line, $"job {job.Id} changes {job.Environment} while another run may", "concurrency: with a group of the environment");
            else if (own is YamlMappingNode map && map.Text("cancel-in-progress") is { } cancels && cancels != "false")
                yield return new(own.Start.Line, $"job {job.Id} is ended in the middle of a deployment by a newer one", "cancel-in-progress: false");
        }

        if (whole is null && workflow.Triggers.ContainsKey("pull_request"))
            yield return new(workflow.Root.Start.Line, "every push to a pull request adds a run beside the older ones", "concurrency: a group of workflow and ref, cancel-in-progress: true");
    }
}
