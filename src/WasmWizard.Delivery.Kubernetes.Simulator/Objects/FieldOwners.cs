using System.Text.Json.Nodes;

namespace WasmWizard.Delivery.Kubernetes.Simulator.Objects;

/// <summary>Who owns which field of an object: reads and writes metadata.managedFields.</summary>
internal static class FieldOwners
{
    private const string Applied = "Apply";
    private const string Updated = "Update";

    /// <summary>Server-side apply: what the manager wants now, without what it wanted before and nobody else does.</summary>
    /// <param name="live">Null when the object is to be made.</param>
    /// <exception cref="ApiFailureException">409: others own fields with other values, and the request does not force.</exception>
    public static JsonObject Apply(Resource resource, JsonObject? live, JsonObject applied, string manager, bool force, DateTimeOffset now)
    {
        var wanted = FieldSet.Of(applied);
        var entries = Read(live);
        var current = live is null ? [] : FieldSet.Of(live);
        var conflicts = entries.Where(entry => !(entry.Manager == manager && entry.Operation == Applied))
            .SelectMany(entry => entry.Fields.Paths.Where(path => wanted.TryGetValue(path, out var value) && !(current.TryGetValue(path, out var there) && JsonNode.DeepEquals(there, value))).Select(path => (entry, path)))
            .ToList();
        if (conflicts.Count > 0 && !force)
            throw Conflict(conflicts);
        foreach (var (entry, path) in conflicts)
            entry.Fields.Paths.Remove(path);
        var merged = live is null ? applied.Copy() : Merging.Apply(live, applied)!.AsObject();
        var own = entries.FirstOrDefault(entry => entry.Manager == manager && entry.Operation == Applied);
        foreach (var path in own?.Fields.Paths.Where(path => !wanted.ContainsKey(path)).OrderByDescending(path => path.Length).ToList() ?? [])
        {
            if (!entries.Any(entry => entry != own && entry.Fields.Paths.Contains(path)))
                FieldSet.Remove(merged, path);
        }

        var fields = new FieldSet();
        fields.Paths.UnionWith(wanted.Keys);
        var isSame = own is not null && own.Fields.Paths.SetEquals(fields.Paths);
        if (own is not null)
            entries.Remove(own);
        entries.Add(new Entry(manager, Applied, resource.ApiVersion, isSame ? own!.Time : Json.Time(now), fields, ""));
        Write(merged, entries);
        return merged;
    }

    /// <summary>After a write of any other kind: the writer owns what it changed, and nobody owns what is gone.</summary>
    public static void Update(Resource resource, JsonObject? before, JsonObject after, string manager, string part, DateTimeOffset now)
    {
        var old = before is null ? [] : FieldSet.Of(before);
        var present = FieldSet.Of(after);
        var changed = present.Where(pair => !old.TryGetValue(pair.Key, out var value) || !JsonNode.DeepEquals(value, pair.Value)).Select(pair => pair.Key).ToHashSet();
        var entries = Read(before);
        foreach (var entry in entries)
        {
            entry.Fields.Paths.RemoveWhere(path => !present.ContainsKey(path));
            if (!(entry.Manager == manager && entry.Operation == Updated))
                entry.Fields.Paths.ExceptWith(changed.Where(path => old.ContainsKey(path)));
        }

        if (changed.Count > 0)
        {
            var own = entries.FirstOrDefault(entry => entry.Manager == manager && entry.Operation == Updated && entry.Part == part);
            var fields = own?.Fields ?? new FieldSet();
            fields.Paths.UnionWith(changed);
            if (own is not null)
                entries.Remove(own);
            entries.Add(new Entry(manager, Updated, resource.ApiVersion, Json.Time(now), fields, part));
        }

        Write(after, entries);
    }

    private static ApiFailureException Conflict(List<(Entry Entry, string Path)> conflicts) => new(
        409, "Conflict",
        $"Apply failed with {conflicts.Count} conflict{(conflicts.Count == 1 ? "" : "s")}: {string.Join(", ", conflicts.Select(conflict => $"conflict with \"{conflict.Entry.Manager}\": {FieldSet.Spoken(conflict.Path)}"))}")
    {
        Causes = [.. conflicts.Select(conflict => ("FieldManagerConflict", $"conflict with \"{conflict.Entry.Manager}\"", FieldSet.Spoken(conflict.Path)))],
    };

    private static List<Entry> Read(JsonObject? live) => live?.At("metadata", "managedFields") is JsonArray fields
        ? [.. fields.OfType<JsonObject>().Select(entry => new Entry(
            entry.Text("manager") ?? "", entry.Text("operation") ?? Updated, entry.Text("apiVersion") ?? "", entry.Text("time") ?? "", FieldSet.Parse(entry["fieldsV1"] as JsonObject), entry.Text("subresource") ?? ""))]
        : [];

    private static void Write(JsonObject whole, IEnumerable<Entry> entries)
    {
        var written = new JsonArray();
        foreach (var entry in entries.Where(entry => entry.Fields.Paths.Count > 0))
        {
            var json = new JsonObject
            {
                ["manager"] = entry.Manager,
                ["operation"] = entry.Operation,
                ["apiVersion"] = entry.Version,
                ["time"] = entry.Time,
                ["fieldsType"] = "FieldsV1",
                ["fieldsV1"] = entry.Fields.Write(),
            };
            if (entry.Part.Length > 0)
                json["subresource"] = entry.Part;
            written.Add(json);
        }

        whole.Map("metadata")["managedFields"] = written;
    }

    private sealed record Entry(string Manager, string Operation, string Version, string Time, FieldSet Fields, string Part);
}
