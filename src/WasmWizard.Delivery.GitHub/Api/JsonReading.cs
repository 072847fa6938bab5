using System.Text.Json.Nodes;

namespace WasmWizard.Delivery.GitHub.Api;

/// <summary>Short ways to ask a document of somebody else: what is not there, or of another kind, is simply absent.</summary>
internal static class JsonReading
{
    public static JsonNode? Field(this JsonNode? node, string name) => node is JsonObject map && map.TryGetPropertyValue(name, out var value) ? value : null;

    public static IEnumerable<JsonNode?> Items(this JsonNode? node, string name) => node.Field(name) as JsonArray ?? Enumerable.Empty<JsonNode?>();

    public static string? Text(this JsonNode? node, string name) => node.Field(name) is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static long? Number(this JsonNode? node, string name) => node.Field(name) is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;

    public static bool IsTrue(this JsonNode? node, string name) => node.Field(name) is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;
}
