using System.Text.Json;

namespace WasmWizard.Delivery.Gates.Benchmark;

/// <summary>Why there is no base to compare with, who says so, and until when that may be; the file <c>benchmarks/no-base.json</c>.</summary>
public sealed record BenchmarkWaiver(string Reason, string Owner, DateOnly Expiry)
{
    public const string Path = "benchmarks/no-base.json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Null when the text is no whole waiver.</summary>
    public static BenchmarkWaiver? Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<BenchmarkWaiver>(json, Options) is { Reason.Length: > 0, Owner.Length: > 0 } waiver ? waiver : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
