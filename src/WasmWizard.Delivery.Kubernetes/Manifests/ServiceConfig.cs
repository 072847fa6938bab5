using k8s.Models;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Kubernetes.Manifests;

/// <summary>
/// The service's variables as a ConfigMap that is named by its content and never changes: another configuration is another object, so the
/// one of the release before is still there, byte for byte, when that release comes back.
/// </summary>
internal static class ServiceConfig
{
    public static string NameOf(ReleaseParts parts) => $"{Names.Product}-config-{ConfigHash.Of(Data(parts.Variables)).Brief}";

    public static V1ConfigMap Map(ClusterSettings settings, ReleaseParts parts)
    {
        var meta = Labels.Meta(settings, NameOf(parts), Marks.Service);
        meta.Labels[Marks.Kind] = "config";
        return new() { ApiVersion = "v1", Kind = "ConfigMap", Metadata = meta, Immutable = true, Data = Data(parts.Variables) };
    }

    /// <summary>What the place adds to the branch's variables: addresses, the certificate's key, and that a proxy stands in front.</summary>
    private static Dictionary<string, string> Data(IReadOnlyDictionary<string, string> variables) =>
        new(variables.OrderBy(variable => variable.Key, StringComparer.Ordinal).ToDictionary(), StringComparer.Ordinal)
        {
            ["LISTEN_URLS"] = $"http://*:{Names.HttpPort};https://*:{Names.HttpsPort}",
            ["SSL_KEY_PATH"] = ServicePod.KeyPath,
            ["TRUST_PROXY"] = "true",
        };
}
