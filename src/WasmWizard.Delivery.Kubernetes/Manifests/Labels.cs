using k8s.Models;

namespace WasmWizard.Delivery.Kubernetes.Manifests;

/// <summary>Labels and names that all objects share.</summary>
internal static class Labels
{
    public const string Stable = "stable";
    public const string Canary = "canary";

    public static Dictionary<string, string> Of(string component) => new(StringComparer.Ordinal)
    {
        [Marks.Name] = Names.Product,
        [Marks.Component] = component,
        [Marks.ManagedBy] = Names.FieldManager,
    };

    /// <summary>Pods of the service, whatever their track: what the Service and the policies mean.</summary>
    public static Dictionary<string, string> Serving => new(StringComparer.Ordinal) { [Marks.Name] = Names.Product, [Marks.Component] = Marks.Service };

    /// <summary>Pods of one track.</summary>
    public static Dictionary<string, string> Track(string track) => new(Serving) { [Marks.Track] = track };

    public static V1ObjectMeta Meta(ClusterSettings settings, string name, string component) => new()
    {
        Name = name,
        NamespaceProperty = settings.Namespace,
        Labels = Of(component),
    };
}
