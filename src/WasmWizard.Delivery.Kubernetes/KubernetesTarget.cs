using k8s.Models;
using WasmWizard.Delivery.Kubernetes.Api;
using WasmWizard.Delivery.Kubernetes.Manifests;
using WasmWizard.Delivery.Kubernetes.Preflight;
using WasmWizard.Delivery.Kubernetes.Rollouts;
using WasmWizard.Delivery.Kubernetes.State;
using WasmWizard.Delivery.Kubernetes.Steps;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Kubernetes;

/// <summary>
/// An environment as a namespace of a cluster: a release is a set of manifests around one Deployment, applied by the server under our own field
/// manager, and first tried by a single pod.
/// </summary>
public sealed class KubernetesTarget(KubernetesTargetOptions options, ClusterApi api, TimeProvider time) : IRolloutTarget
{
    private readonly string _space = options.Settings.Namespace;
    private readonly WantedReleases _wanted = new(options, api);
    private readonly ClusterReleaseStore _releases = new(api, options.Settings.Namespace);
    private readonly ClusterPods _pods = new(api, options.Settings.Namespace);

    public Task<IReadOnlyList<Fault>> Preflight(Release wanted, CancellationToken cancellation) =>
        new ClusterPreflight(options, api).Check(wanted, cancellation);

    /// <summary>Why the cluster cannot be asked; null when it can.</summary>
    public Task<Fault?> Silence(CancellationToken cancellation) => new ClusterPreflight(options, api).Silence(cancellation);

    /// <summary>What would stop any rollout to this cluster: asked before gates run for minutes.</summary>
    public Task<IReadOnlyList<Fault>> PreflightPlace(CancellationToken cancellation) => new ClusterPreflight(options, api).CheckPlace(cancellation);

    /// <summary>Stamps everything of ours that can still be changed.</summary>
    public async Task Fence(FencingToken token, CancellationToken cancellation)
    {
        var objects = new OwnedObjects(api);
        // Kinds of operators are asked for only where they are known: without them even asking may be forbidden.
        var kinds = ApiKind.Changing.Concat(await _wanted.KnowsMonitoring(cancellation) ? ApiKind.Monitoring : []);
        foreach (var kind in kinds)
        {
            foreach (var found in await api.List(kind, _space, $"{Marks.Ours},{Marks.Kind} notin (ledger,config)", cancellation))
                await objects.Fence(token, ObjectName.Of(found), cancellation);
        }
    }

    public async Task<Observation> Observe(CancellationToken cancellation)
    {
        var ready = (await _pods.Of(Labels.Stable, null, cancellation)).Where(FailureSignals.IsReady).ToList();
        var serving = await Serving(ready, cancellation);
        var drift = serving is null ? [] : await Drift(serving, cancellation);
        return new Observation(
            serving?.Release,
            null,
            serving is null ? null : options.Settings.Environment.Url,
            [.. drift, .. serving is null && ready.Count > 0 ? [$"{ready.Count} pods serve that belong to no kept release"] : Array.Empty<string>()]);
    }

    public async Task<IReadOnlyList<IRolloutStep>> Steps(Release wanted, Direction direction, CancellationToken cancellation)
    {
        var release = direction is Direction.Forward ? await _wanted.Forward(wanted, cancellation) : await _wanted.Back(wanted, cancellation);
        var context = new StepContext(options, api, time, release);
        return
        [
            .. await Prepare(context, cancellation),
            .. direction is Direction.Forward
                ? [new BackUpStep(context, options.Backups), await MigrateStep.Plan(context, cancellation), new ProbeKeyStep(context), new CanaryStep(context), new JudgeStep(context)]
                // What was tried takes room that what served may need to come back.
                : new IRolloutStep[] { new RetireCanaryStep(context, StepKind.Prepare) },
            await RollOutStep.Plan(context, cancellation),
            new EnvironmentStep(context),
            .. direction is Direction.Forward ? [new RetireCanaryStep(context, StepKind.Drain)] : Array.Empty<IRolloutStep>(),
            new TagStep(context),
            .. direction is Direction.Forward ? [await PruneStep.Plan(context, cancellation)] : Array.Empty<IRolloutStep>(),
        ];
    }

    public Task<IReadOnlyList<IRolloutStep>> Withdraw(CancellationToken cancellation)
    {
        IReadOnlyList<IRolloutStep> steps = [new WithdrawStep(api, _space)];
        return Task.FromResult(steps);
    }

    /// <summary>The last lines of every serving pod, each with its pod's name in front.</summary>
    public async Task<IReadOnlyList<string>> Logs(int lines, CancellationToken cancellation)
    {
        var all = new List<string>();
        foreach (var pod in await _pods.Of(Labels.Stable, null, cancellation))
            all.AddRange((await api.Logs(_space, pod.Metadata.Name, lines, previous: false, cancellation)).Select(line => $"{pod.Metadata.Name}  {line}"));
        return all;
    }

    private async Task<List<IRolloutStep>> Prepare(StepContext context, CancellationToken cancellation)
    {
        List<IRolloutStep> steps = [await ApplyStep.Plan(context, context.Wanted.Namespace, cancellation), new SecretStep(context)];
        foreach (var manifest in context.Wanted.Surroundings)
            steps.Add(await ApplyStep.Plan(context, manifest, cancellation));
        if (!await _wanted.KnowsMonitoring(cancellation))
        {
            steps.Add(new NoteStep(
                "monitoring", "ServiceMonitor, PrometheusRule",
                "left out: the cluster does not know these kinds; the Prometheus operator brings them (https://prometheus-operator.dev), then deploy again"));
        }

        steps.Add(new StoreStep(context));
        return steps;
    }

    /// <summary>What most of the ready pods run: in the middle of a rollout that is what most requests reach.</summary>
    private async Task<StoredRelease?> Serving(IReadOnlyList<V1Pod> ready, CancellationToken cancellation)
    {
        var ids = ready.Select(pod => pod.Metadata.Labels.TryGetValue(Marks.Release, out var text) && ReleaseId.TryParse(text, out var id) ? id : (ReleaseId?)null)
            .OfType<ReleaseId>()
            .GroupBy(id => id)
            .OrderByDescending(group => group.Count())
            .Select(group => group.Key);
        foreach (var id in ids)
        {
            if (await _releases.Load(id, cancellation) is { } stored)
                return stored;
        }

        return null;
    }

    /// <summary>What differs from the manifests that were applied, and so would be taken back by the next deployment.</summary>
    private async Task<List<string>> Drift(StoredRelease stored, CancellationToken cancellation)
    {
        var lines = new List<string>();
        var objects = new OwnedObjects(api);
        var current = await _wanted.Back(stored.Release, cancellation);
        foreach (var manifest in current.Surroundings.Append(current.Stable))
        {
            var name = ObjectName.Of(manifest);
            var difference = await objects.Difference(manifest, cancellation);
            lines.AddRange(difference is null ? [$"{name} is not there"] : difference.Select(line => $"{name} was changed: as recorded again would be {line}"));
        }

        return lines;
    }
}
