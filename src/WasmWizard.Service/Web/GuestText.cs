using System.Text.Json;
using System.Text.Json.Serialization;

namespace WasmWizard.Service.Web;

/// <summary>What a guest wrote, in UTF-8 that was checked; becomes a JSON string piece by piece, without a copy of the whole.</summary>
[JsonConverter(typeof(Converter))]
public sealed class GuestText(ReadOnlyMemory<byte> utf8)
{
    /// <summary>Six times as much when every byte is escaped: still a small buffer of the writer.</summary>
    private const int PieceBytes = 8 * 1024;

    private sealed class Converter : JsonConverter<GuestText>
    {
        public override void Write(Utf8JsonWriter writer, GuestText value, JsonSerializerOptions options)
        {
            var left = value.Utf8.Span;
            if (left.Length <= PieceBytes)
            {
                writer.WriteStringValue(left);
                return;
            }

            for (; left.Length > PieceBytes; left = left[PieceBytes..])
                writer.WriteStringValueSegment(left[..PieceBytes], isFinalSegment: false);
            writer.WriteStringValueSegment(left, isFinalSegment: true);
        }

        public override GuestText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Answers are written here, not read.");
    }

    private ReadOnlyMemory<byte> Utf8 => utf8;
}
