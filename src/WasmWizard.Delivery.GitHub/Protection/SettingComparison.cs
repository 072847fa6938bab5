using System.Text.Json.Nodes;

namespace WasmWizard.Delivery.GitHub.Protection;

/// <summary>Compares wanted settings with seen ones, field by field and both ways. Pure; the order of a list has no meaning.</summary>
public static class SettingComparison
{
    private const string NotInAnswer = "not in the answer";

    /// <param name="name">The document's name, which every setting's begins with.</param>
    public static IReadOnlyList<ProtectionFinding> Compare(string name, JsonObject wanted, Observed observed)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(observed);
        if (observed.Fields is not null)
            return [.. Fields(name, "", wanted, observed.Fields, observed.Unseen)];
        return observed.Unseen.TryGetValue("", out var reason)
            ? [.. Leaves(name, wanted).Select(leaf => new ProtectionFinding(ProtectionState.Unknown, leaf.Path, leaf.Value, reason))]
            : [new(ProtectionState.Drift, name, "as in the strategy", "does not exist")];
    }

    /// <summary>A short spelling that is the same for equal values.</summary>
    public static string Text(JsonNode? value) => value switch
    {
        null => "null",
        JsonArray list => $"[{string.Join(", ", list.Select(Text).Order(StringComparer.Ordinal))}]",
        JsonObject map => $"{{{string.Join(", ", map.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}: {Text(field.Value)}"))}}}",
        JsonValue scalar when scalar.TryGetValue<string>(out var text) => text,
        _ => value.ToJsonString(),
    };

    private static IEnumerable<ProtectionFinding> Fields(
        string path, string field, JsonObject wanted, JsonObject found, IReadOnlyDictionary<string, string> unseen)
    {
        foreach (var (key, value) in wanted)
        {
            var (at, own) = ($"{path}.{key}", field.Length == 0 ? key : $"{field}.{key}");
            if (unseen.TryGetValue(own, out var reason) || !found.ContainsKey(key))
                yield return new(ProtectionState.Unknown, at, Text(value), reason ?? NotInAnswer);
            else if (value is JsonObject deeper && found[key] is JsonObject map)
                foreach (var finding in Fields(at, own, deeper, map, unseen))
                    yield return finding;
            else
                yield return new(IsEqual(value, found[key]) ? ProtectionState.Match : ProtectionState.Drift, at, Text(value), Text(found[key]));
        }

        // A switch of the platform that is off, and that nobody asked for, changes nothing.
        foreach (var (key, value) in found.Where(other => !wanted.ContainsKey(other.Key) && !IsOff(other.Value)))
            yield return new(ProtectionState.Drift, $"{path}.{key}", ProtectionFinding.Nothing, Text(value));
    }

    private static bool IsEqual(JsonNode? wanted, JsonNode? found) => (wanted?.GetValueKind(), found?.GetValueKind()) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        var (one, other) => one == other && Text(wanted) == Text(found),
    };

    private static bool IsOff(JsonNode? value) => value is null or JsonArray { Count: 0 } || Text(value) is "false" or "0" or "";

    private static IEnumerable<(string Path, string Value)> Leaves(string path, JsonObject wanted) => wanted.SelectMany(field => field.Value is JsonObject { Count: > 0 } deeper
        ? Leaves($"{path}.{field.Key}", deeper)
        : [($"{path}.{field.Key}", Text(field.Value))]);
}
