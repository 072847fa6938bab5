using WasmWizard.Delivery.Backups;
using WasmWizard.Delivery.Kubernetes.Api;
using WasmWizard.Delivery.Kubernetes.Manifests;
using WasmWizard.Delivery.Kubernetes.Probes;
using WasmWizard.Delivery.Kubernetes.Rollouts;
using WasmWizard.Delivery.Kubernetes.State;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Kubernetes.Steps;

/// <summary>What the steps of one rollout share.</summary>
internal sealed class StepContext(KubernetesTargetOptions options, ClusterApi api, TimeProvider time, WantedRelease wanted)
{
    public KubernetesTargetOptions Options => options;

    public ClusterApi Api => api;

    public WantedRelease Wanted => wanted;

    public Release Release => wanted.Release;

    /// <summary>What has served comes back: it is not tried first.</summary>
    public bool IsBack => wanted.Canary is null;

    public ReleaseId Id { get; } = wanted.Release.Id;

    public string Space { get; } = options.Settings.Namespace;

    public OwnedObjects Objects { get; } = new(api);

    public ClusterPods Pods { get; } = new(api, options.Settings.Namespace);

    public RolloutWait Waiting { get; } = new(api, new ClusterPods(api, options.Settings.Namespace), time, options.Look);

    public PodProbe Probe { get; } = new(api, options.Settings.Namespace);

    public SecretVersions Secrets { get; } = new(api, options.Settings.Namespace);

    public ClusterReleaseStore Releases { get; } = new(api, options.Settings.Namespace);

    /// <summary>The proof that the back-up step made in this run; the migrate step asks for it.</summary>
    public VerifiedBackup? Backup { get; set; }

    /// <summary>Pods were replaced in this run.</summary>
    public bool TookOver { get; set; }

    public ObjectName Stable => new(ApiKind.Deployment, Space, Names.Product);

    public ObjectName Canary => new(ApiKind.Deployment, Space, Names.Canary);

    public Task<SchemaRecord> Schema(CancellationToken cancellation) => SchemaRecord.Read(api, Space, cancellation);

    /// <summary>Why nothing is tried first; null when the release is to be tried.</summary>
    public async Task<string?> NeedsNoCanary(CancellationToken cancellation) =>
        await Objects.Difference(wanted.Stable, cancellation) switch
        {
            null => "nothing serves yet, so there is nothing to compare with",
            [] => "the release is being rolled out, or was",
            _ => null,
        };
}
