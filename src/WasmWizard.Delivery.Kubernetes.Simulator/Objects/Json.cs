using System.Text.Json.Nodes;

namespace WasmWizard.Delivery.Kubernetes.Simulator.Objects;

/// <summary>Short ways into objects as JSON.</summary>
internal static class Json
{
    public static JsonNode? At(this JsonNode? node, params string[] path) => path.Aggregate(node, (here, field) => (here as JsonObject)?[field]);

    public static string? Text(this JsonNode? node, params string[] path) => node.At(path) is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static int? Number(this JsonNode? node, params string[] path) => node.At(path) is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    public static bool Is(this JsonNode? node, params string[] path) => node.At(path) is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    public static string Name(this JsonNode node) => node.Text("metadata", "name") ?? "";

    public static string Space(this JsonNode node) => node.Text("metadata", "namespace") ?? "";

    public static string Uid(this JsonNode node) => node.Text("metadata", "uid") ?? "";

    public static JsonObject Copy(this JsonObject map) => map.DeepClone().AsObject();

    /// <summary>The map at a field, made when there is none.</summary>
    public static JsonObject Map(this JsonObject map, string field)
    {
        if (map[field] is not JsonObject inner)
            map[field] = inner = [];
        return inner;
    }

    public static JsonObject Labels(this JsonNode node) => node.At("metadata", "labels") as JsonObject ?? [];

    public static JsonObject? Owner(this JsonNode node) =>
        (node.At("metadata", "ownerReferences") as JsonArray)?.OfType<JsonObject>().FirstOrDefault(owner => owner.Is("controller"));

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whether the labels are those that a selector of a workload names.</summary>
    public static bool Matches(JsonNode? matchLabels, JsonObject labels) =>
        matchLabels is JsonObject wanted && wanted.All(label => labels.Text(label.Key) == label.Value?.GetValue<string>());

    public static void SetCondition(JsonObject status, string type, bool? holds, string reason, string message, DateTimeOffset now)
    {
        if (status["conditions"] is not JsonArray conditions)
            status["conditions"] = conditions = [];
        var old = conditions.OfType<JsonObject>().FirstOrDefault(condition => condition.Text("type") == type);
        var word = holds switch { true => "True", false => "False", null => "Unknown" };
        if (old is not null && old.Text("status") == word && old.Text("reason") == reason && old.Text("message") == message)
            return;
        var since = old is not null && old.Text("status") == word ? old.Text("lastTransitionTime")! : Time(now);
        if (old is not null)
            conditions.Remove(old);
        conditions.Add(new JsonObject { ["type"] = type, ["status"] = word, ["reason"] = reason, ["message"] = message, ["lastTransitionTime"] = since });
    }

    public static void RemoveCondition(JsonObject status, string type)
    {
        if (status["conditions"] is JsonArray conditions && conditions.OfType<JsonObject>().FirstOrDefault(condition => condition.Text("type") == type) is { } old)
            conditions.Remove(old);
    }
}
