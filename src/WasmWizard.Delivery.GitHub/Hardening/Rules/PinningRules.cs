using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace WasmWizard.Delivery.GitHub.Hardening.Rules;

/// <summary>What a workflow runs must be what was read when it was written: actions by commit, images by digest.</summary>
internal static partial class PinningRules
{
    public static IReadOnlyList<HardeningRule> All { get; } =
    [
        new("unpinned-uses", "every action by its full commit: a tag can be moved to other code", UnpinnedUses),
        new("unpinned-images", "every image by its digest: a tag can be moved to other bytes", UnpinnedImages),
        new("cache-poisoning", "no cache in a run that releases or deploys: what another run left in it would be shipped", CachePoisoning),
    ];

    private static IEnumerable<Place> UnpinnedUses(WorkflowSource workflow) =>
        from uses in workflow.Steps.Select(step => step.Uses).Concat(workflow.Jobs.Select(job => job.Node.Get("uses") as YamlScalarNode)).OfType<YamlScalarNode>()
        where !uses.Value!.StartsWith("./", StringComparison.Ordinal) && !uses.Value.StartsWith("docker://", StringComparison.Ordinal)
        where !Commit().IsMatch(uses.Value!)
        select new Place(uses.Start.Line, $"uses: {uses.Value}", "owner/repository@ and the 40 hex digits of the commit, the version behind it as a comment");

    private static IEnumerable<Place> UnpinnedImages(WorkflowSource workflow) =>
        from image in workflow.Jobs.SelectMany(Images).Concat(DockerActions(workflow))
        where image.Value is { Length: > 0 } name && !Digest().IsMatch(name)
        select new Place(image.Start.Line, $"image: {image.Value}", "the name and @sha256: with its 64 hex digits");

    private static IEnumerable<YamlScalarNode> Images(JobSource job) => new[] { job.Node.Get("container") }
        .Concat(job.Node.Map("services").Pairs().Select(service => service.Value))
        .Select(container => container is YamlMappingNode map ? map.Get("image") : container).OfType<YamlScalarNode>();

    private static IEnumerable<YamlScalarNode> DockerActions(WorkflowSource workflow) =>
        workflow.Steps.Select(step => step.Uses).OfType<YamlScalarNode>().Where(uses => uses.Value!.StartsWith("docker://", StringComparison.Ordinal));

    private static IEnumerable<Place> CachePoisoning(WorkflowSource workflow)
    {
        var ships = Ships(workflow);
        return from step in workflow.Steps
               where ships || step.Job.Environment is not null
               where IsCache(step)
               select new Place(step.Node.Start.Line, $"{step.Action} keeps a cache in job {step.Job.Id}", "leave the cache out here; keep it in runs that only check");
    }

    // A cache is shared by every run of the branch, so one deploying job in the file is enough.
    private static bool Ships(WorkflowSource workflow) =>
        workflow.Triggers.ContainsKey("release")
        || (workflow.Triggers.GetValueOrDefault("push") is YamlMappingNode push && push.Get("tags") is not null)
        || workflow.Jobs.Any(job => job.Environment is not null);

    private static bool IsCache(StepSource step) => step.Action switch
    {
        "actions/cache" or "actions/cache/restore" or "actions/cache/save" => true,
        { } action when action.StartsWith("actions/setup-", StringComparison.Ordinal) => step.With.Text("cache") is { Length: > 0 } cache && cache != "false",
        _ => false,
    };

    [GeneratedRegex(@"^[^@\s]+@[0-9a-f]{40}\z")]
    private static partial Regex Commit();

    [GeneratedRegex(@"@sha256:[0-9a-f]{64}\z")]
    private static partial Regex Digest();
}
