using System.Text.Json.Nodes;

namespace WasmWizard.Delivery.GitHub.Protection;

/// <summary>What was seen of one document of settings.</summary>
/// <param name="Fields">In the shape that is wanted; null when the document is not there, or was not seen at all.</param>
/// <param name="Unseen">Why nothing, or why a field of that name, could not be seen; the whole document stands under the empty name.</param>
public sealed record Observed(JsonObject? Fields, IReadOnlyDictionary<string, string> Unseen)
{
    public static Observed Absent { get; } = new(null, new Dictionary<string, string>());

    public static Observed Hidden(string reason) => new(null, new Dictionary<string, string> { [""] = reason });

    public static Observed Seen(JsonObject fields) => new(fields, new Dictionary<string, string>());
}
