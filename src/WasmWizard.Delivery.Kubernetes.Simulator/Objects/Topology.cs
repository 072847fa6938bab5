using System.Text.Json.Nodes;

namespace WasmWizard.Delivery.Kubernetes.Simulator.Objects;

/// <summary>
/// How the API merges: which lists are maps by a key, which are sets, which lists and maps are one value. The real server reads it from the
/// schema; here it is written down for the fields of the kinds that are served.
/// </summary>
internal static class Topology
{
    private static readonly Dictionary<string, string[]> Keyed = new(StringComparer.Ordinal)
    {
        ["containers"] = ["name"],
        ["initContainers"] = ["name"],
        ["env"] = ["name"],
        ["volumes"] = ["name"],
        ["volumeMounts"] = ["mountPath"],
        ["imagePullSecrets"] = ["name"],
        ["topologySpreadConstraints"] = ["topologyKey", "whenUnsatisfiable"],
        ["conditions"] = ["type"],
        ["ownerReferences"] = ["uid"],
        ["secrets"] = ["name"],
        ["hostAliases"] = ["ip"],
    };

    private static readonly HashSet<string> AtomicMaps = ["selector", "labelSelector", "podSelector", "nodeSelector", "secretRef", "configMapRef", "fieldRef", "secretKeyRef", "configMapKeyRef", "scaleTargetRef"];

    /// <summary>Keys by which the items of a list are told apart; null when the list is one value.</summary>
    public static string[]? KeysOf(string field, string parent, JsonArray items)
    {
        if (field == "ports")
            return parent == "spec" ? ["port", "protocol"] : items.All(item => item is JsonObject port && port.ContainsKey("containerPort")) ? ["containerPort", "protocol"] : null;
        return Keyed.TryGetValue(field, out var keys) && items.All(item => item is JsonObject) ? keys : null;
    }

    public static bool IsSet(string field) => field == "finalizers";

    /// <summary>A Service's selector is one value, a Deployment's too; only labels and the like are merged key by key.</summary>
    public static bool IsAtomicMap(string field) => AtomicMaps.Contains(field);

    /// <summary>The value of a key, with the default that the API gives it.</summary>
    public static JsonNode? Key(JsonObject item, string key) => item[key]?.DeepClone() ?? (key == "protocol" ? JsonValue.Create("TCP") : null);

    public static string KeyText(JsonObject item, string[] keys)
    {
        var key = new JsonObject();
        foreach (var name in keys.Order(StringComparer.Ordinal))
            key[name] = Key(item, name);
        return key.ToJsonString(Plain);
    }

    public static readonly System.Text.Json.JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
