using System.Buffers;
using System.Text;
using System.Text.Json;

namespace WasmWizard.Delivery;

/// <summary>JSON in one line with the fields in the order they are written, ASCII only.</summary>
internal static class JsonText
{
    public static string Write(Action<Utf8JsonWriter> fields)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
