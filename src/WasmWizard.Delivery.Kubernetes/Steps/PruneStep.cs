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
internal sealed class PruneStep : IRolloutStep
{
    /// <summary>What our manifests consist of on every cluster; stores of data are never among it.</summary>
    private static readonly ApiKind[] Prunable =
        [ApiKind.Ingress, ApiKind.Autoscaler, ApiKind.Budget, ApiKind.Service, ApiKind.NetworkPolicy, ApiKind.ServiceAccount];

    private readonly StepContext _context;

    private PruneStep(StepContext context, IReadOnlyList<ObjectName> surplus)
    {
        _context = context;
        var keep = $"keep the last {context.Options.Settings.Environment.KeptReleases} releases and what they use";
        Change = surplus.Count == 0 ? keep : $"{keep}; remove {string.Join(", ", surplus)}";
    }

    public string Id => "prune";

    public StepKind Kind => StepKind.Prune;

    public string Subject => $"namespace/{_context.Space}";

    /// <summary>Names what goes, so that a person who agrees to a plan has agreed to that.</summary>
    public string Change { get; }

    public static async Task<IRolloutStep> Plan(StepContext context, CancellationToken cancellation) =>
        new PruneStep(context, await new PruneStep(context, []).Surplus(cancellation));

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
            await _context.Objects.Delete(token, name, cancellation);
    }

    private async Task<IReadOnlyList<ObjectName>> Surplus(CancellationToken cancellation)
    {
        var all = (await _context.Releases.Stored(cancellation)).Where(stored => stored.Release.Id != _context.Id).ToList();
        var leaving = all.Skip(_context.Options.Settings.Environment.KeptReleases - 1).ToList();
        IReadOnlyList<StoredRelease> kept = [.. all.Except(leaving), _context.Wanted.Stored];
        return
        [
            .. leaving.Select(stored => new ObjectName(ApiKind.ConfigMap, _context.Space, StoredRelease.NameOf(stored.Release.Id))),
            .. await Unused(ApiKind.ConfigMap, "config", NamesIn(kept, "ConfigMap"), cancellation),
            .. await Unused(ApiKind.Secret, "secrets", [.. kept.Select(stored => Names.Secrets(stored.SecretVersion))], cancellation),
            .. await Foreign(cancellation),
        ];
    }

    private async Task<IEnumerable<ObjectName>> Unused(ApiKind kind, string what, HashSet<string> used, CancellationToken cancellation) =>
        (await _context.Api.List(kind, _context.Space, $"{Marks.Kind}={what}", cancellation)).Select(ObjectName.Of).Where(name => !used.Contains(name.Name)).ToList();

    private async Task<IReadOnlyList<ObjectName>> Foreign(CancellationToken cancellation)
    {
        var wanted = _context.Wanted.Surroundings.Select(ObjectName.Of).ToHashSet();
        var found = new List<ObjectName>();
        foreach (var kind in Prunable.Concat(ApiKind.Monitoring.Where(kind => wanted.Any(name => name.Kind == kind))))
        {
            // Stores of data bear our label too when their files were applied by hand; their component is not ours to remove.
            var ours = await _context.Api.List(kind, _context.Space, $"{Marks.Ours},{Marks.Component} in ({Marks.Service},instances,monitoring)", cancellation);
            found.AddRange(ours.Select(ObjectName.Of).Where(name => !wanted.Contains(name)));
        }

        return found;
    }

    private static HashSet<string> NamesIn(IEnumerable<StoredRelease> kept, string kind) =>
        [.. kept.SelectMany(stored => stored.Manifests).Where(manifest => Text(manifest["kind"]) == kind).Select(manifest => Text(manifest["metadata"]!["name"]))];

    private static string Text(JsonNode? node) => node!.GetValue<string>();
}
