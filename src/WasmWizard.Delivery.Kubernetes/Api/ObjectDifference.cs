using System.Text.Json.Nodes;

namespace WasmWizard.Delivery.Kubernetes.Api;

/// <summary>What would change in an object, field by field, as people read it; values of secrets are never part of it.</summary>
public static class ObjectDifference
{
    private const int LongestValue = 120;

    // What the server keeps about the object rather than what anybody wants of it.
    private static readonly HashSet<string> Bookkeeping = ["managedFields", "resourceVersion", "generation", "uid", "creationTimestamp", "selfLink"];

    private static readonly string[] Keys = ["name", "containerPort", "port", "mountPath", "topologyKey", "type", "host", "path"];

    /// <summary>One line per field, empty when equal: <c>spec.template.spec.containers[wasm-wizard].image: a -> b</c>.</summary>
    public static IReadOnlyList<string> Between(JsonObject live, JsonObject wanted)
    {
        var lines = new List<string>();
        Compare("", Stripped(live), Stripped(wanted), live["kind"]?.GetValue<string>() == "Secret", lines);
        return lines;
    }

    private static JsonObject Stripped(JsonObject whole)
    {
        var copy = whole.DeepClone().AsObject();
        copy.Remove("status");
        foreach (var field in Bookkeeping)
            copy["metadata"]?.AsObject().Remove(field);
        if (copy["metadata"]?["annotations"] is JsonObject annotations)
        {
            annotations.Remove(Manifests.Marks.Fence);
            if (annotations.Count == 0)
                copy["metadata"]!.AsObject().Remove("annotations");
        }

        return copy;
    }

    private static void Compare(string path, JsonNode? live, JsonNode? wanted, bool isSecret, List<string> lines)
    {
        if (JsonNode.DeepEquals(live, wanted))
            return;
        if (live is JsonObject from && wanted is JsonObject to)
        {
            foreach (var key in from.Select(field => field.Key).Union(to.Select(field => field.Key)))
                Compare(path.Length == 0 ? key : $"{path}.{key}", from[key], to[key], isSecret && path.Length == 0 ? key is "data" or "stringData" : isSecret, lines);
        }
        else if (live is JsonArray before && wanted is JsonArray after && Keyed(before, after) is { } named)
        {
            foreach (var (key, one, other) in named)
                Compare($"{path}[{key}]", one, other, isSecret, lines);
        }
        else
        {
            lines.Add(isSecret ? $"{path}: (secret) changes" : $"{path}: {Text(live)} -> {Text(wanted)}");
        }
    }

    /// <summary>Items that have names are compared by them, so that one that moved is no change and one that is added is one.</summary>
    private static IEnumerable<(string Key, JsonNode? Live, JsonNode? Wanted)>? Keyed(JsonArray live, JsonArray wanted)
    {
        var all = live.Concat(wanted).ToList();
        if (Keys.FirstOrDefault(candidate => all.All(item => item is JsonObject one && one.ContainsKey(candidate))) is not { } key)
            return null;
        var (from, to) = (ByKey(live, key), ByKey(wanted, key));
        return from is null || to is null ? null : from.Keys.Union(to.Keys).Select(name => (name, from.GetValueOrDefault(name), to.GetValueOrDefault(name)));
    }

    private static Dictionary<string, JsonNode>? ByKey(JsonArray items, string key)
    {
        var byKey = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        return items.All(item => byKey.TryAdd(item![key]!.ToString(), item)) ? byKey : null;
    }

    private static string Text(JsonNode? value)
    {
        var text = value switch
        {
            null => "(none)",
            JsonValue scalar when scalar.TryGetValue<string>(out var word) => word,
            _ => value.ToJsonString(),
        };
        text = text.ReplaceLineEndings("\\n");
        return text.Length > LongestValue ? text[..LongestValue] + "…" : text;
    }
}
