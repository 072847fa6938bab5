using System.Text.Json;
using System.Text.Json.Serialization;
using WasmWizard.Delivery.Gates;

namespace WasmWizard.Delivery.Evidence;

/// <summary>
/// Evidence as a file, e.g. <c>{"gate":"coverage","subject":{"tree":"9f…"},"inputs":{"demand":"lines >= 85 %"},"result":{"verdict":"Passed",
/// "reason":"…","fix":"","measurements":{"linesPercent":91.2}},"at":"2026-01-31T12:00:00+00:00","duration":"00:00:41","files":["…"]}</c>.
/// </summary>
public static class EvidenceJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(), new GateIdConverter() },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(GateEvidence evidence) => JsonSerializer.Serialize(evidence, Options);

    /// <summary>Null when the text is not whole, well-formed evidence: a broken file is no evidence.</summary>
    public static GateEvidence? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<GateEvidence>(json, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed class GateIdConverter : JsonConverter<GateId>
    {
        public override GateId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            GateId.Parse(reader.GetString() ?? "") ?? throw new JsonException("not a gate");

        public override void Write(Utf8JsonWriter writer, GateId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
