using System.Text.Json;
using System.Text.Json.Serialization;

namespace WasmWizard.Delivery.Local.Protocol.Messages;

/// <summary>camelCase JSON of every message; phases as words, spans as <c>hh:mm:ss</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(FrontDocument))]
[JsonSerializable(typeof(FrontMemory))]
[JsonSerializable(typeof(FrontStatus))]
[JsonSerializable(typeof(InstanceSpec))]
[JsonSerializable(typeof(InstanceView))]
[JsonSerializable(typeof(FenceOrder))]
[JsonSerializable(typeof(StartOrder))]
[JsonSerializable(typeof(RouteOrder))]
[JsonSerializable(typeof(StopOrder))]
[JsonSerializable(typeof(ShutdownOrder))]
[JsonSerializable(typeof(Refusal))]
public sealed partial class ProtocolJson : JsonSerializerContext
{
    /// <summary>The value; null when the bytes are absent or not such a document.</summary>
    public static T? TryRead<T>(byte[]? json, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
