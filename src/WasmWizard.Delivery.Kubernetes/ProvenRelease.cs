using WasmWizard.Delivery.Kubernetes.Api;
using WasmWizard.Delivery.Kubernetes.Manifests;
using WasmWizard.Delivery.Kubernetes.State;
using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Kubernetes;

/// <summary>
/// What another environment of the cluster has proven: the release that serves there by its ledger and was healthy at its last rollout. Its
/// bytes are promoted as they are; the configuration is the one of the environment that they go to.
/// </summary>
public sealed class ProvenRelease(ClusterApi api, ClusterSettings from, ClusterSettings to)
{
    /// <summary>The release as it would be deployed, or why there is none to promote.</summary>
    public async Task<(Release? Release, Fault? Fault)> Find(CancellationToken cancellation)
    {
        var deploy = $"./build.sh Deploy --branch {from.Environment.Branch} --on kubernetes";
        var reading = LedgerChain.Read(await new ClusterLedgerStore(api, from.Namespace).Read(cancellation));
        if (reading is LedgerReading.Broken broken)
            return (null, new("WW3210", $"{from.Environment.Word}: {broken.At.Observed}", broken.At.Required, broken.At.Next));
        var history = RolloutHistory.Of(((LedgerReading.Whole)reading).Chain);
        if (history.Serving is not { } id || history.Open.Any() || history.LastClosed?.Outcome != LedgerOutcomes.Healthy)
        {
            return (null, new(
                "WW3211", $"the last rollout in {from.Namespace} ended {history.LastClosed?.Outcome ?? "never"}{(history.Open.Any() ? ", and one is open" : "")}",
                $"a release that is healthy in {from.Environment.Word}", deploy));
        }

        var proven = await new ClusterReleaseStore(api, from.Namespace).Find(id, cancellation);
        return proven is null
            ? (null, new("WW3212", $"{from.Namespace} keeps release {id} no longer", "its description", deploy))
            : (Configured(proven), null);
    }

    private Release Configured(Release proven) => KubernetesRelease.Of(
        proven with { Variables = to.Environment.Variables, Config = ConfigHash.Of(to.Environment.Variables) }, to);
}
