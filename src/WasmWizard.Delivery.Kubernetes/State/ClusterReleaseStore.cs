using System.Globalization;
using System.Text.Json.Nodes;
using WasmWizard.Delivery.Kubernetes.Api;
using WasmWizard.Delivery.Kubernetes.Manifests;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Kubernetes.State;

/// <summary>Releases that the environment's namespace still holds, as <see cref="StoredRelease"/>.</summary>
public sealed class ClusterReleaseStore(ClusterApi api, string space) : IReleaseStore
{
    public async Task<Release?> Find(ReleaseId id, CancellationToken cancellation) => (await Load(id, cancellation))?.Release;

    public async Task<IReadOnlyList<Release>> All(CancellationToken cancellation) => [.. (await Stored(cancellation)).Select(stored => stored.Release)];

    /// <summary>Newest first, by when they were stored.</summary>
    public async Task<IReadOnlyList<StoredRelease>> Stored(CancellationToken cancellation) =>
        [.. (await api.List(ApiKind.ConfigMap, space, $"{Marks.Kind}=release", cancellation))
            .OrderByDescending(Made)
            .ThenByDescending(stored => stored["metadata"]!["name"]!.GetValue<string>(), StringComparer.Ordinal)
            .Select(StoredRelease.Of)];

    public async Task<StoredRelease?> Load(ReleaseId id, CancellationToken cancellation) =>
        await api.Get(new(ApiKind.ConfigMap, space, StoredRelease.NameOf(id)), cancellation) is { } stored ? StoredRelease.Of(stored) : null;

    private static DateTimeOffset Made(JsonObject stored) =>
        DateTimeOffset.Parse(stored["metadata"]!["creationTimestamp"]!.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
}
