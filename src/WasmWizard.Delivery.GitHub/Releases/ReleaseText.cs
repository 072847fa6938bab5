using System.Buffers;
using System.Text;
using System.Text.Json;

namespace WasmWizard.Delivery.GitHub.Releases;

/// <summary>A planned release for people and for programs.</summary>
public static class ReleaseText
{
    /// <summary>Version, what would be done, what stands in the way, and the notes.</summary>
    public static IEnumerable<string> Lines(ReleasePlan plan, IReadOnlyList<ReleaseFile> files)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(files);
        return
        [
            plan.Version is { } version ? $"Version {version}" : plan.Faults.Count > 0 ? "No version can be said" : "Nothing to release: no commit since the last version",
            .. plan.Version is null ? [] : Steps(plan, files).Select(step => $"  would {step}"),
            .. plan.Faults.Select(fault => $"  blocked by {fault.Id} {fault.Observed}; required: {fault.Required}; next: {fault.Next}"),
            .. plan.Notes.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"  | {line}"),
        ];
    }

    /// <summary><c>{"version":"v1.2.3","commit":"...","notes":"...","steps":["..."],"files":["..."],"blockedBy":[{"id":"...","observed":"...","required":"...","next":"..."}]}</c></summary>
    public static string Json(ReleasePlan plan, IReadOnlyList<ReleaseFile> files)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("version", plan.Version?.ToString());
            json.WriteString("commit", plan.Commit);
            json.WriteString("notes", plan.Notes);
            Array(json, "steps", plan.Version is null ? [] : Steps(plan, files));
            Array(json, "files", files.Select(file => file.Name));
            json.WriteStartArray("blockedBy");
            foreach (var fault in plan.Faults)
            {
                json.WriteStartObject();
                json.WriteString("id", fault.Id);
                json.WriteString("observed", fault.Observed);
                json.WriteString("required", fault.Required);
                json.WriteString("next", fault.Next);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static List<string> Steps(ReleasePlan plan, IReadOnlyList<ReleaseFile> files) =>
    [
        $"hold {plan.Commit[..12]} against production's deployments: one must have ended well",
        $"tag it as {plan.Version}, unless it is",
        files.Count == 0 ? "publish the notes; no bill of materials and no attestation is at hand" : $"publish the notes with {string.Join(", ", files.Select(file => file.Name))}",
        "read tag, notes and files back",
    ];

    private static void Array(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
