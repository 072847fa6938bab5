using System.Text.Json.Nodes;

namespace WasmWizard.Delivery.Kubernetes.Simulator.Objects;

/// <summary>
/// Fields of an object as paths in the notation of managedFields: <c>f:name</c> for a field, <c>k:{...}</c> for an item with a key,
/// <c>v:value</c> for a member of a set.
/// </summary>
internal sealed class FieldSet
{
    private const char Separator = '\n';

    private static readonly HashSet<string> Unmanaged = ["apiVersion", "kind", "status"];
    private static readonly HashSet<string> UnmanagedMeta = ["name", "namespace", "managedFields", "resourceVersion", "uid", "creationTimestamp", "generation", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink", "generateName"];

    public HashSet<string> Paths { get; } = new(StringComparer.Ordinal);

    /// <summary>Every field that an object sets, with its value.</summary>
    public static Dictionary<string, JsonNode?> Of(JsonObject whole)
    {
        var found = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var (field, value) in whole)
        {
            if (Unmanaged.Contains(field))
                continue;
            if (field != "metadata")
            {
                Walk(value, $"f:{field}", field, "", found);
                continue;
            }

            foreach (var (name, inner) in value!.AsObject())
            {
                if (!UnmanagedMeta.Contains(name))
                    Walk(inner, $"f:metadata{Separator}f:{name}", name, "metadata", found);
            }
        }

        return found;
    }

    public static FieldSet Parse(JsonObject? fields)
    {
        var set = new FieldSet();
        if (fields is not null)
            Read(fields, "", set.Paths);
        return set;
    }

    public JsonObject Write()
    {
        var root = new JsonObject();
        foreach (var path in Paths.Order(StringComparer.Ordinal))
        {
            var here = root;
            var segments = path.Split(Separator);
            foreach (var segment in segments)
                here = here.Map(segment);
            if (segments[^1].StartsWith("k:", StringComparison.Ordinal))
                here.Map(".");
        }

        return root;
    }

    /// <summary>As conflicts are told: <c>.spec.template.spec.containers[name="wasm-wizard"].image</c>.</summary>
    public static string Spoken(string path) => string.Concat(path.Split(Separator).Select(segment => segment[0] switch
    {
        'k' => $"[{string.Join(',', JsonNode.Parse(segment[2..])!.AsObject().Select(key => $"{key.Key}={key.Value!.ToJsonString()}"))}]",
        'v' => $"[={segment[2..]}]",
        _ => $".{segment[2..]}",
    }));

    /// <summary>Removes what a path names; an item that has nothing left but its key goes with its last field only when its own path is named.</summary>
    public static void Remove(JsonObject whole, string path)
    {
        JsonNode? here = whole;
        var segments = path.Split(Separator);
        for (var i = 0; i < segments.Length; i++)
        {
            var isLast = i == segments.Length - 1;
            switch (segments[i][0], here)
            {
                case ('f', JsonObject map):
                    var field = segments[i][2..];
                    if (isLast)
                        map.Remove(field);
                    else
                        here = map[field];
                    break;
                case ('k', JsonArray list):
                    var key = JsonNode.Parse(segments[i][2..])!.AsObject();
                    var item = list.OfType<JsonObject>().FirstOrDefault(one => key.All(part => JsonNode.DeepEquals(Topology.Key(one, part.Key), part.Value)));
                    if (isLast && item is not null)
                        list.Remove(item);
                    here = item;
                    break;
                case ('v', JsonArray set):
                    if (set.FirstOrDefault(member => member?.ToJsonString() == segments[i][2..]) is { } member)
                        set.Remove(member);
                    return;
                default:
                    return;
            }
        }
    }

    private static void Walk(JsonNode? value, string path, string field, string parent, Dictionary<string, JsonNode?> found)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } map when !Topology.IsAtomicMap(field):
                foreach (var (name, inner) in map)
                    Walk(inner, $"{path}{Separator}f:{name}", name, field, found);
                break;
            case JsonArray { Count: > 0 } list when Topology.KeysOf(field, parent, list) is { } keys:
                foreach (var item in list.OfType<JsonObject>())
                {
                    var own = $"{path}{Separator}k:{Topology.KeyText(item, keys)}";
                    found[own] = null;
                    foreach (var (name, inner) in item)
                        Walk(inner, $"{own}{Separator}f:{name}", name, field, found);
                }

                break;
            case JsonArray { Count: > 0 } set when Topology.IsSet(field):
                foreach (var member in set)
                    found[$"{path}{Separator}v:{member!.ToJsonString()}"] = member;
                break;
            default:
                found[path] = value;
                break;
        }
    }

    private static void Read(JsonObject fields, string prefix, HashSet<string> paths)
    {
        foreach (var (segment, inner) in fields)
        {
            if (segment == ".")
            {
                paths.Add(prefix);
                continue;
            }

            var path = prefix.Length == 0 ? segment : $"{prefix}{Separator}{segment}";
            if (inner is JsonObject { Count: > 0 } more)
                Read(more, path, paths);
            else
                paths.Add(path);
        }
    }
}
