using k8s.Models;

namespace WasmWizard.Delivery.Kubernetes.Manifests;

/// <summary>The place itself and who pods are in it: somebody without any right.</summary>
internal static class Accounts
{
    /// <summary>The strictest of the built-in pod security levels, enforced by the cluster.</summary>
    public static V1Namespace Namespace(ClusterSettings settings)
    {
        var labels = Labels.Of("place");
        foreach (var mode in new[] { "audit", "enforce", "warn" })
            labels[$"pod-security.kubernetes.io/{mode}"] = "restricted";
        return new() { ApiVersion = "v1", Kind = "Namespace", Metadata = new() { Name = settings.Namespace, Labels = labels } };
    }

    public static V1ServiceAccount ServiceAccount(ClusterSettings settings) => new()
    {
        ApiVersion = "v1",
        Kind = "ServiceAccount",
        Metadata = Labels.Meta(settings, Names.Product, Marks.Service),
        AutomountServiceAccountToken = false,
    };
}
