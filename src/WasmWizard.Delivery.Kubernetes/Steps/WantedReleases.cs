using System.Text.Json.Nodes;
using WasmWizard.Delivery.Kubernetes.Api;
using WasmWizard.Delivery.Kubernetes.Manifests;
using WasmWizard.Delivery.Kubernetes.State;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Kubernetes.Steps;

/// <summary>What a cluster is to hold of a release: made from the strategy on the way forward, as it was kept on the way back.</summary>
internal sealed class WantedReleases(KubernetesTargetOptions options, ClusterApi api)
{
    private const string MonitoringGroup = "apis/monitoring.coreos.com/v1";

    private readonly string _space = options.Settings.Namespace;

    public async Task<WantedRelease> Forward(Release release, CancellationToken cancellation)
    {
        // Equal bytes, configuration and migrations of another commit are the same release: it keeps the name that it came with.
        release = (await new ClusterReleaseStore(api, _space).Load(release.Id, cancellation))?.Release ?? release;
        var known = await new SecretVersions(api, _space).All(cancellation);
        var newest = known.FirstOrDefault(version => !version.IsRevoked);
        var values = options.SecretValues.Count == 0 ? null : newest?.With(options.SecretValues) ?? options.SecretValues;
        var number = values is null ? newest?.Number ?? 1 : SecretVersions.NumberFor(known, values);
        var parts = KubernetesRelease.Parts(release, options.Settings, options.Repository, number);
        var settings = options.Settings with
        {
            Metrics = await KnowsMonitoring(cancellation) ? options.Settings.Metrics : null,
            DataPorts = DataPorts.Of(values ?? newest?.With(options.SecretValues) ?? options.SecretValues),
        };
        var set = ManifestSet.Of(settings, parts);
        return new()
        {
            Release = release,
            Parts = parts,
            Namespace = set.Namespace,
            Surroundings = [.. set.Surroundings, set.Config],
            Stable = set.Stable,
            Canary = set.Canary,
            SecretValues = values,
        };
    }

    public async Task<WantedRelease> Back(Release release, CancellationToken cancellation)
    {
        var stored = await new ClusterReleaseStore(api, _space).Load(release.Id, cancellation)
            ?? throw new StepFailedException($"Release {release.Id} is not kept in the namespace {_space} any more; required: its manifests.");
        var known = await new SecretVersions(api, _space).All(cancellation);
        var (number, note) = SecretVersion(stored, known);
        var parts = KubernetesRelease.Parts(release, options.Settings, options.Repository, number) with { Image = stored.Image };
        var set = ManifestSet.Of(options.Settings, parts);
        return new()
        {
            Release = release,
            Parts = parts,
            Namespace = set.Namespace,
            Surroundings = [.. stored.Manifests.SkipLast(1)],
            Stable = WithSecrets(stored.Manifests[^1], stored.SecretVersion, number),
            Canary = null,
            SecretNote = note,
        };
    }

    /// <summary>Whether the cluster knows the Prometheus operator's kinds.</summary>
    public async Task<bool> KnowsMonitoring(CancellationToken cancellation)
    {
        try
        {
            var kinds = (await api.Read(MonitoringGroup, cancellation))["resources"]!.AsArray().Select(kind => kind!["name"]!.GetValue<string>()).ToHashSet();
            return kinds.Contains(ApiKind.ServiceMonitor.Plural) && kinds.Contains(ApiKind.PrometheusRule.Plural);
        }
        catch (ClusterException absent) when (absent.Status == 404)
        {
            return false;
        }
    }

    /// <summary>What was revoked stays revoked: the newest version that may be used takes its place, and the plan says so.</summary>
    private static (int Number, string Note) SecretVersion(StoredRelease stored, IReadOnlyList<SecretVersion> known)
    {
        var own = known.FirstOrDefault(version => version.Number == stored.SecretVersion);
        if (own is { IsRevoked: false } || known.FirstOrDefault(version => !version.IsRevoked) is not { } newest)
            return (stored.SecretVersion, "");
        return (newest.Number, $"; version {stored.SecretVersion}, which the release ran with, is {(own is null ? "gone" : "revoked")} and does not come back");
    }

    private static JsonObject WithSecrets(JsonObject deployment, int from, int to) => from == to
        ? deployment
        : JsonNode.Parse(deployment.ToJsonString().Replace($"\"{Names.Secrets(from)}\"", $"\"{Names.Secrets(to)}\"", StringComparison.Ordinal))!.AsObject();
}
