using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WasmWizard.Delivery.Containers.Oci;

/// <summary>OCI's documents as bytes: the same record gives the same bytes, which is what digests are made of.</summary>
internal static class OciJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static byte[] Write<T>(T document) => JsonSerializer.SerializeToUtf8Bytes(document, Options);

    /// <param name="name">For the message.</param>
    /// <exception cref="ImageException">The bytes are no whole document of this kind.</exception>
    public static T Read<T>(byte[] bytes, string name)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(bytes, Options) ?? throw new JsonException("null");
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException)
        {
            throw new ImageException($"{name} is not whole: {problem.Message}", "build or fetch the image again: ./build.sh Image", problem);
        }
    }
}
