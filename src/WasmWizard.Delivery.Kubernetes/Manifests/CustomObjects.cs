using System.Text.Json.Nodes;

namespace WasmWizard.Delivery.Kubernetes.Manifests;

/// <summary>What objects of kinds that the client library has no types for begin with.</summary>
internal static class CustomObjects
{
    public static JsonObject Meta(ClusterSettings settings, string name, string component)
    {
        var labels = new JsonObject();
        foreach (var (key, value) in Labels.Of(component))
            labels[key] = value;
        return new() { ["name"] = name, ["namespace"] = settings.Namespace, ["labels"] = labels };
    }
}
