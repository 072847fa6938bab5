using System.Text.Json.Nodes;
using WasmWizard.Delivery.Kubernetes.Api;
using WasmWizard.Delivery.Kubernetes.Manifests;
using WasmWizard.Delivery.Kubernetes.State;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Kubernetes.Steps;

/// <summary>
/// Removes what no rollback can need, and only what bears our label: the oldest releases, configurations and secrets that none of the kept ones
/// uses, and objects of earlier releases that the wanted one does not have.
/// </summary>
internal sealed class PruneStep(StepContext context) : IRolloutStep
{
    /// <summary>What our manifests consist of on every cluster; stores of data are never among it.</summary>
    private static readonly ApiKind[] Prunable =
        [ApiKind.Ingress, ApiKind.Autoscaler, ApiKind.Budget, ApiKind.Service, ApiKind.NetworkPolicy, ApiKind.ServiceAccount];

    public string Id => "prune";

    public StepKind Kind => StepKind.Prune;

    public string Subject => $"namespace/{context.Space}";

    public string Change => $"keep the last {context.Options.Settings.Environment.KeptReleases} releases and what they use";

    public async Task<StepState> Observe(CancellationToken cancellation)
    {
        var surplus = await Surplus(cancellation);
        return surplus.Count == 0
            ? new StepState(true, "nothing is kept beyond need")
            : new StepState(false, $"kept beyond need: {string.Join(", ", surplus)}");
    }

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        foreach (var name in await Surplus(cancellation))
            await context.Objects.Delete(token, name, cancellation);
    }

    private async Task<IReadOnlyList<ObjectName>> Surplus(CancellationToken cancellation)
    {
        var all = (await context.Releases.Stored(cancellation)).Where(stored => stored.Release.Id != context.Id).ToList();
        var leaving = all.Skip(context.Options.Settings.Environment.KeptReleases - 1).ToList();
        IReadOnlyList<StoredRelease> kept = [.. all.Except(leaving), context.Wanted.Stored];
        return
        [
            .. leaving.Select(stored => new ObjectName(ApiKind.ConfigMap, context.Space, StoredRelease.NameOf(stored.Release.Id))),
            .. await Unused(ApiKind.ConfigMap, "config", NamesIn(kept, "ConfigMap"), cancellation),
            .. await Unused(ApiKind.Secret, "secrets", [.. kept.Select(stored => Names.Secrets(stored.SecretVersion))], cancellation),
            .. await Foreign(cancellation),
        ];
    }

    private async Task<IEnumerable<ObjectName>> Unused(ApiKind kind, string what, HashSet<string> used, CancellationToken cancellation) =>
        (await context.Api.List(kind, context.Space, $"{Marks.Kind}={what}", cancellation)).Select(ObjectName.Of).Where(name => !used.Contains(name.Name)).ToList();

    private async Task<IReadOnlyList<ObjectName>> Foreign(CancellationToken cancellation)
    {
        var wanted = context.Wanted.Surroundings.Select(ObjectName.Of).ToHashSet();
        var found = new List<ObjectName>();
        foreach (var kind in Prunable.Concat(ApiKind.Monitoring.Where(kind => wanted.Any(name => name.Kind == kind))))
        {
            // Stores of data bear our label too when their files were applied by hand; their component is not ours to remove.
            var ours = await context.Api.List(kind, context.Space, $"{Marks.Ours},{Marks.Component} in ({Marks.Service},instances,monitoring)", cancellation);
            found.AddRange(ours.Select(ObjectName.Of).Where(name => !wanted.Contains(name)));
        }

        return found;
    }

    private static HashSet<string> NamesIn(IEnumerable<StoredRelease> kept, string kind) =>
        [.. kept.SelectMany(stored => stored.Manifests).Where(manifest => Text(manifest["kind"]) == kind).Select(manifest => Text(manifest["metadata"]!["name"]))];

    private static string Text(JsonNode? node) => node!.GetValue<string>();
}
