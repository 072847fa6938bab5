using System.Text.Json.Nodes;
using WasmWizard.Delivery.Kubernetes.Simulator.Faults;
using WasmWizard.Delivery.Kubernetes.Simulator.Nodes;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Rehearsal;

/// <summary>Every fault that can be rehearsed, the quiet case first.</summary>
public static class FaultCatalog
{
    private const int RolledBack = 4;
    private const int PlanChanged = 3;

    public static IReadOnlyList<RehearsedFault> All { get; } =
    [
        new()
        {
            Name = "none",
            Story = "Nothing goes wrong: the next release takes over.",
            Survival = "The canary was judged beside those that serve; then pods were replaced one by one, each after another was ready.",
        },
        new()
        {
            Name = "bad-image",
            Story = "The nodes cannot pull the image.",
            Survival = "The cluster's first word on the canary ended the rollout; no pod that serves was touched.",
            Arrange = Image(new() { IsMissing = true }),
            ExitCode = RolledBack,
        },
        new()
        {
            Name = "crash-loop",
            Story = "The new release ends a second after it starts, again and again.",
            Survival = "The canary's crash ended the rollout, with its last lines as the reason; no pod that serves was touched.",
            Arrange = Image(new() { CrashesAfter = TimeSpan.FromSeconds(1), Says = ["starting", "fatal: column \"tier\" does not exist"] }),
            ExitCode = RolledBack,
        },
        new()
        {
            Name = "failing-probe",
            Story = "The new release starts and never says that it is ready.",
            Survival = "The canary got no request, as it was never ready, and its failing probe ended the rollout.",
            Arrange = Image(new() { ReadyWithin = null }),
            ExitCode = RolledBack,
        },
        new()
        {
            Name = "slow-start",
            Story = "The new release needs six seconds to start, which it is given.",
            Survival = "Failing probes at the start were borne, and the release took over later than usual.",
            Arrange = Image(new() { StartsWithin = TimeSpan.FromSeconds(6) }),
        },
        new()
        {
            Name = "unschedulable",
            Story = "No node has room for another pod.",
            Survival = "The scheduler's word ended the rollout; every pod that had a node kept it.",
            Arrange = (stage, _, _) => ShrinkNodes(stage),
            ExitCode = RolledBack,
        },
        new()
        {
            Name = "quota",
            Story = "The namespace's quota is used up.",
            Survival = "The refusal of a pod ended the rollout; every pod that was there stayed.",
            Arrange = (stage, _, _) => UseUpQuota(stage),
            ExitCode = RolledBack,
        },
        new()
        {
            Name = "canary-errors",
            Story = "The new release answers one request in five with an error.",
            Survival = "The canary's errors stood out from those of the others in the same seconds, so it was refused.",
            Arrange = Image(new() { ErrorShare = 0.2 }),
            ExitCode = RolledBack,
        },
        new()
        {
            Name = "canary-slow",
            Story = "The new release answers half of all requests slowly.",
            Survival = "The canary's slow answers stood out from those of the others in the same seconds, so it was refused.",
            Arrange = Image(new() { SlowShare = 0.5 }),
            ExitCode = RolledBack,
        },
        new()
        {
            Name = "canary-wrong",
            Story = "The new release is ready, and executes modules wrongly.",
            Survival = "A real module was executed on the canary before it was trusted, and its output refused it.",
            Arrange = Image(new() { ExecutesWrongly = true }),
            ExitCode = RolledBack,
        },
        new()
        {
            Name = "lost-replies",
            Story = "The API does what it is asked for, and one answer in seven is lost.",
            Survival = "After each lost answer the cluster was looked at again, and only what was missing was done.",
            Arrange = Api(ApiFault.LostReply),
        },
        new()
        {
            Name = "conflicts",
            Story = "One write in seven meets somebody else's write.",
            Survival = "After each conflict the object was read again and the change made from what it was by then.",
            Arrange = Api(ApiFault.Conflict),
        },
        new()
        {
            Name = "throttled",
            Story = "One write in seven is answered 429: come again later.",
            Survival = "Each write was sent again after the time that the API asked for.",
            Arrange = Api(ApiFault.TooManyRequests),
        },
        new()
        {
            Name = "cut-off",
            Story = "A network policy keeps the API server from reaching any pod.",
            Survival = "Pods were asked through their own nodes instead, so the canary could be judged and the environment proven.",
            Arrange = (stage, _, _) => stage.Server.IsCutOffFromPods = true,
        },
        new()
        {
            Name = "killed",
            Story = "The pipeline is killed in the middle, and the next one goes on.",
            Survival = "The lock was taken over when its lease was over, what was done was found done, and the rollout went on from there.",
            KillsThePipeline = true,
        },
        new()
        {
            Name = "drift",
            Story = "Somebody changes the cluster between the preview and the deployment.",
            Survival = "The plan was another one than the one shown, so nothing was changed.",
            ChangesAfterPreview = true,
            ExitCode = PlanChanged,
        },
    ];

    private static Action<RehearsedCluster, Release, Random> Image(SimulatedImage behaviour) => (stage, release, _) => stage.Behave(release, behaviour);

    private static Action<RehearsedCluster, Release, Random> Api(ApiFault fault) => (stage, _, random) => stage.Server.Faults = new ApiFaults(random.Next()).Share(fault, 1.0 / 7);

    private static void ShrinkNodes(RehearsedCluster stage)
    {
        foreach (var node in stage.Cluster.All("Node"))
            stage.Cluster.Change("Node", "", node["metadata"]!["name"]!.GetValue<string>(), whole => whole["status"]!["allocatable"]!["cpu"] = "500m");
    }

    private static void UseUpQuota(RehearsedCluster stage) => stage.Cluster.Put("ResourceQuota", new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = "team", ["namespace"] = stage.Space },
        ["spec"] = new JsonObject { ["hard"] = new JsonObject { ["requests.cpu"] = "1500m" } },
    });
}
