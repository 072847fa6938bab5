using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using WasmWizard.Delivery.Kubernetes.Api;
using WasmWizard.Delivery.Kubernetes.Manifests;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Kubernetes.Rollouts;

/// <summary>Reads what runs.</summary>
public sealed class ClusterPods(ClusterApi api, string space)
{
    private const int LogLines = 10;

    public async Task<V1Deployment?> Deployment(string name, CancellationToken cancellation) =>
        await api.Get(new(ApiKind.Deployment, space, name), cancellation) is { } found ? Typed<V1Deployment>(found) : null;

    /// <summary>Pods of a track, those of one release when it is given.</summary>
    public Task<IReadOnlyList<V1Pod>> Of(string track, ReleaseId? release, CancellationToken cancellation)
    {
        var labels = $"{Marks.Name}={Names.Product},{Marks.Component}={Marks.Service},{Marks.Track}={track}";
        return Labelled(release is null ? labels : $"{labels},{Marks.Release}={release}", cancellation);
    }

    public async Task<IReadOnlyList<V1Pod>> Labelled(string labels, CancellationToken cancellation) =>
        [.. (await api.List(ApiKind.Pod, space, labels, cancellation)).Select(Typed<V1Pod>)];

    public async Task<IReadOnlyList<Corev1Event>> Warnings(CancellationToken cancellation) =>
        [.. (await api.List(ApiKind.Event, space, null, cancellation, "type=Warning")).Select(Typed<Corev1Event>)];

    /// <summary>What a pod wrote last; of the container before, where the one now has only just begun.</summary>
    public async Task<string> LastLines(string pod, CancellationToken cancellation)
    {
        var previous = await api.Logs(space, pod, LogLines, previous: true, cancellation);
        var lines = previous is [var only] && only.StartsWith("(no log", StringComparison.Ordinal) ? await api.Logs(space, pod, LogLines, previous: false, cancellation) : previous;
        return lines.Count == 0 ? "it wrote nothing" : $"its last lines: {string.Join(" | ", lines)}";
    }

    public static T Typed<T>(JsonObject json) => KubernetesJson.Deserialize<T>(json.ToJsonString());
}
