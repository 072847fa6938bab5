using System.Text.Json.Nodes;

namespace WasmWizard.Delivery.Kubernetes.Simulator.Objects;

/// <summary>The three ways in which a request may change an object: merged as applied, by strategic or plain merge patch, by a list of operations.</summary>
internal static class Merging
{
    private const string Directive = "$patch";
    private const string Order = "$setElementOrder/";
    private const string Primitives = "$deleteFromPrimitiveList/";
    private const string Retain = "$retainKeys";

    /// <summary>What is applied on top of what is there: maps by field, keyed lists by key, everything else as a whole.</summary>
    public static JsonNode? Apply(JsonNode? live, JsonNode? applied, string field = "", string parent = "")
    {
        switch (live, applied)
        {
            case (JsonObject from, JsonObject to) when !Topology.IsAtomicMap(field):
                var map = from.Copy();
                foreach (var (name, value) in to)
                    map[name] = Apply(from[name], value, name, field);
                return map;
            case (JsonArray from, JsonArray to) when Topology.KeysOf(field, parent, to) is { } keys && Topology.KeysOf(field, parent, from) is not null:
                var applying = to.OfType<JsonObject>().ToDictionary(item => Topology.KeyText(item, keys));
                var known = from.OfType<JsonObject>().ToDictionary(item => Topology.KeyText(item, keys));
                // The order is that of what is applied; what others added follows.
                return new JsonArray([.. applying.Select(pair => Apply(known.GetValueOrDefault(pair.Key), pair.Value, "", field)), .. known.Where(pair => !applying.ContainsKey(pair.Key)).Select(pair => pair.Value.DeepClone())]);
            case (JsonArray from, JsonArray to) when Topology.IsSet(field):
                return new JsonArray([.. from.Concat(to).Select(member => member!.GetValue<string>()).Distinct().Select(member => (JsonNode?)member)]);
            default:
                return applied?.DeepClone();
        }
    }

    /// <summary>A JSON merge patch: null removes, maps are merged, everything else replaces.</summary>
    public static JsonNode? Merge(JsonNode? live, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
            return patch?.DeepClone();
        var map = (live as JsonObject)?.Copy() ?? [];
        foreach (var (name, value) in changes)
        {
            if (value is null)
                map.Remove(name);
            else
                map[name] = Merge(map[name], value);
        }

        return map;
    }

    /// <summary>A strategic merge patch: as a merge patch, with keyed lists merged by key and kubectl's directives obeyed.</summary>
    public static JsonNode? Strategic(JsonNode? live, JsonNode? patch, string field = "", string parent = "")
    {
        if (patch is JsonArray list)
            return StrategicList(live as JsonArray ?? [], list, field, parent);
        if (patch is not JsonObject changes)
            return patch?.DeepClone();
        if (changes.Text(Directive) == "replace")
            return Without(changes);
        var map = (live as JsonObject)?.Copy() ?? [];
        if (changes[Retain] is JsonArray retained)
        {
            var kept = retained.Select(name => name!.GetValue<string>()).ToHashSet();
            foreach (var name in map.Select(pair => pair.Key).Where(name => !kept.Contains(name)).ToList())
                map.Remove(name);
        }

        foreach (var (name, value) in changes)
        {
            if (name.StartsWith(Primitives, StringComparison.Ordinal) && map[name[Primitives.Length..]] is JsonArray primitives)
            {
                var gone = value!.AsArray().Select(member => member!.ToJsonString()).ToHashSet();
                map[name[Primitives.Length..]] = new JsonArray([.. primitives.Where(member => !gone.Contains(member!.ToJsonString())).Select(member => member!.DeepClone())]);
            }

            if (name.StartsWith('$'))
                continue;
            if (value is null)
                map.Remove(name);
            else
                map[name] = Strategic(map[name], value, name, field);
        }

        foreach (var (name, order) in changes.Where(pair => pair.Key.StartsWith(Order, StringComparison.Ordinal)))
            Sort(map, name[Order.Length..], order!.AsArray(), field);
        return map;
    }

    /// <summary>RFC 6902: add, replace, remove, test.</summary>
    public static JsonObject Operations(JsonObject live, JsonArray operations)
    {
        var whole = live.Copy();
        foreach (var operation in operations.OfType<JsonObject>())
        {
            var path = operation.Text("path")!.Split('/')[1..].Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToArray();
            var place = path[..^1].Aggregate((JsonNode?)whole, (here, part) => here is JsonArray list ? list[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)] : here?[part]);
            Operate(place ?? throw ApiFailureException.Invalid($"the path {operation.Text("path")} does not exist"), path[^1], operation);
        }

        return whole;
    }

    private static void Operate(JsonNode place, string last, JsonObject operation)
    {
        var value = operation["value"]?.DeepClone();
        switch (place, operation.Text("op"))
        {
            case (JsonObject map, "remove"):
                map.Remove(last);
                break;
            case (JsonObject map, "add" or "replace"):
                map[last] = value;
                break;
            case (JsonObject map, "test"):
                if (!JsonNode.DeepEquals(map[last], value))
                    throw ApiFailureException.Invalid($"the test of {operation.Text("path")} failed");
                break;
            case (JsonArray list, "add"):
                list.Insert(last == "-" ? list.Count : int.Parse(last, System.Globalization.CultureInfo.InvariantCulture), value);
                break;
            case (JsonArray list, "remove"):
                list.RemoveAt(int.Parse(last, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case (JsonArray list, "replace"):
                list[int.Parse(last, System.Globalization.CultureInfo.InvariantCulture)] = value;
                break;
            default:
                throw ApiFailureException.Invalid($"the operation {operation.Text("op")} is not known");
        }
    }

    private static JsonArray StrategicList(JsonArray live, JsonArray patch, string field, string parent)
    {
        if (Topology.KeysOf(field, parent, patch) is not { } all)
            return patch.DeepClone().AsArray();
        // Strategic merging knows one key for each list, the first one.
        var key = all[0];
        var items = live.OfType<JsonObject>().Select(item => item.Copy()).ToList();
        foreach (var change in patch.OfType<JsonObject>())
        {
            var at = items.FindIndex(item => JsonNode.DeepEquals(item[key], change[key]));
            if (change.Text(Directive) == "delete")
            {
                if (at >= 0)
                    items.RemoveAt(at);
            }
            else if (at >= 0)
            {
                items[at] = Strategic(items[at], change, "", field)!.AsObject();
            }
            else
            {
                items.Add(Without(change));
            }
        }

        return new JsonArray([.. items]);
    }

    private static void Sort(JsonObject map, string name, JsonArray order, string parent)
    {
        if (map[name] is not JsonArray list || Topology.KeysOf(name, parent, list) is not { } keys)
            return;
        var places = order.OfType<JsonObject>().Select((item, place) => (Key: item[keys[0]]?.ToJsonString() ?? "", place)).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.First().place);
        map[name] = new JsonArray([.. list.OfType<JsonObject>().OrderBy(item => places.GetValueOrDefault(item[keys[0]]?.ToJsonString() ?? "", int.MaxValue)).Select(item => item.DeepClone())]);
    }

    private static JsonObject Without(JsonObject change)
    {
        var copy = change.Copy();
        foreach (var name in copy.Select(pair => pair.Key).Where(name => name.StartsWith('$')).ToList())
            copy.Remove(name);
        return copy;
    }
}
