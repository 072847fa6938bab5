using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;

namespace WasmWizard.Delivery.Kubernetes.Manifests;

/// <summary>
/// A manifest as the YAML that people read: block style, two spaces, names of objects first. Whatever another reader could take for
/// something else than text is written as JSON writes it, which every YAML reader understands.
/// </summary>
public static class ManifestYaml
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./");
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase) { "true", "false", "yes", "no", "on", "off", "y", "n", "null" };

    /// <summary>One document, ended by a line feed.</summary>
    public static string Write(JsonObject manifest)
    {
        var text = new StringBuilder();
        Map(text, manifest, 0);
        return text.ToString();
    }

    private static void Map(StringBuilder text, JsonObject map, int indent, bool first = false)
    {
        foreach (var (key, value) in map)
        {
            if (!first)
                text.Append(' ', indent);
            first = false;
            text.Append(Scalar(key)).Append(':');
            Value(text, value, indent);
        }
    }

    private static void Value(StringBuilder text, JsonNode? value, int indent)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } map:
                text.Append('\n');
                Map(text, map, indent + 2);
                break;
            case JsonArray { Count: > 0 } list:
                text.Append('\n');
                foreach (var item in list)
                    Item(text, item, indent);
                break;
            case JsonValue scalar when scalar.TryGetValue<string>(out var many) && many.Contains('\n', StringComparison.Ordinal) && many.EndsWith('\n'):
                text.Append(" |\n");
                foreach (var line in many[..^1].Split('\n'))
                    text.Append(' ', line.Length == 0 ? 0 : indent + 2).Append(line).Append('\n');
                break;
            default:
                text.Append(' ').Append(Leaf(value)).Append('\n');
                break;
        }
    }

    private static void Item(StringBuilder text, JsonNode? item, int indent)
    {
        text.Append(' ', indent).Append("- ");
        if (item is JsonObject { Count: > 0 } map)
            Map(text, map, indent + 2, first: true);
        else
            text.Append(Leaf(item)).Append('\n');
    }

    private static string Leaf(JsonNode? value) => value is JsonValue scalar && scalar.TryGetValue<string>(out var text) ? Scalar(text) : value?.ToJsonString() ?? "null";

    private static string Scalar(string text)
    {
        var isPlain = text.Length > 0 && char.IsAsciiLetter(text[0]) && text.AsSpan().IndexOfAnyExcept(Plain) < 0 && !Words.Contains(text);
        return isPlain ? text : JsonValue.Create(text).ToJsonString(Readable);
    }

    private static readonly System.Text.Json.JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
