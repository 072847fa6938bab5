using k8s.Models;

namespace WasmWizard.Delivery.Kubernetes.Rollouts;

/// <summary>Whether a Deployment is where its template says: every pod of it new, ready and available, and no other left.</summary>
/// <param name="IsComplete">Nothing is left to wait for.</param>
/// <param name="Fact">In a person's words.</param>
public sealed record RolloutProgress(bool IsComplete, string Fact)
{
    public static RolloutProgress Of(V1Deployment deployment)
    {
        var status = deployment.Status ?? new V1DeploymentStatus();
        var wanted = deployment.Spec.Replicas ?? 1;
        var (all, updated, available) = (status.Replicas ?? 0, status.UpdatedReplicas ?? 0, status.AvailableReplicas ?? 0);
        if ((status.ObservedGeneration ?? 0) < (deployment.Metadata.Generation ?? 0))
            return new(false, "the cluster has not looked at it yet");
        return new(
            updated == wanted && all == wanted && available == wanted,
            $"{updated} of {wanted} pods are of the release, {available} available{(all > updated ? $", {all - updated} of another" : "")}");
    }
}
