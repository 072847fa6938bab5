using YamlDotNet.RepresentationModel;

namespace WasmWizard.Delivery.GitHub.Hardening.Rules;

/// <summary>The job's token may do what the job needs, and stays where nobody else finds it.</summary>
internal static class TokenRules
{
    public static IReadOnlyList<HardeningRule> All { get; } =
    [
        new("excessive-permissions", "no rights by default, and each job names what it needs: a stolen token can do only that", ExcessivePermissions),
        new("artipacked", "the checkout leaves no token in the clone: later steps and uploaded folders would hold it", Artipacked),
    ];

    private static IEnumerable<Place> ExcessivePermissions(WorkflowSource workflow)
    {
        var top = workflow.Root.Get("permissions");
        if (top is null)
        {
            foreach (var job in workflow.Jobs.Where(job => job.Node.Get("permissions") is null))
                yield return new(job.Line, $"neither the workflow nor job {job.Id} says what the token may do", "permissions: {} on top and the job's own list");
        }
        else if (Grants(top) is { } granted)
        {
            yield return new(top.Start.Line, $"every job gets {granted}", "permissions: {} on top and the job's own list");
        }

        foreach (var (job, permissions) in workflow.Jobs.Select(job => (job, job.Node.Get("permissions"))))
        {
            if (permissions is YamlScalarNode { Value: "write-all" or "read-all" } all)
                yield return new(all.Start.Line, $"job {job.Id} gets {all.Value}", "the rights that it needs, each by its name");
        }
    }

    // Reading for all jobs is what many write; writing for all, or anything given in bulk, is too much.
    private static string? Grants(YamlNode permissions) => permissions switch
    {
        YamlScalarNode { Value: "read-all" or "write-all" } all => all.Value,
        YamlMappingNode map => map.Pairs().Where(pair => pair.Value is YamlScalarNode { Value: "write" }).Select(pair => $"{pair.Key}: write").FirstOrDefault(),
        _ => null,
    };

    private static IEnumerable<Place> Artipacked(WorkflowSource workflow) =>
        from step in workflow.Steps
        where step.Action == "actions/checkout" && step.With.Text("persist-credentials") is not "false"
        select new Place(step.Node.Start.Line, $"job {step.Job.Id} checks out and keeps its token in .git/config", "with: persist-credentials: false");
}
