using System.Globalization;
using System.Text.Json;
using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Backups;

/// <summary>
/// A receipt as the file beside its archive, one line:
/// <code>{"at":"2026-01-02T03:04:05.678Z","source":"..","archive":"sha256:..","bytes":4096,"restoreSeconds":0.125,"schemaHash":"..","tables":[{"name":"runs","rows":3,"hash":".."}],"sequences":{"runs_id":3},"extensions":["pgcrypto 1.3"]}</code>
/// </summary>
public static class BackupReceiptJson
{
    public static string Write(BackupReceipt receipt) => JsonText.Write(json =>
    {
        json.WriteString("at", LedgerJson.Time(receipt.At));
        json.WriteString("source", receipt.Source);
        json.WriteString("archive", receipt.Archive.ToString());
        json.WriteNumber("bytes", receipt.Bytes);
        json.WriteNumber("restoreSeconds", (decimal)receipt.RestoreTime.Ticks / TimeSpan.TicksPerSecond);
        json.WriteString("schemaHash", receipt.Content.SchemaHash);
        json.WriteStartArray("tables");
        foreach (var table in receipt.Content.Tables.OrderBy(table => table.Name, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("name", table.Name);
            json.WriteNumber("rows", table.Rows);
            json.WriteString("hash", table.Hash);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("sequences");
        foreach (var (name, value) in receipt.Content.Sequences.OrderBy(sequence => sequence.Key, StringComparer.Ordinal))
        {
            json.WriteNumber(name, value);
        }

        json.WriteEndObject();
        json.WriteStartArray("extensions");
        foreach (var extension in receipt.Content.Extensions)
        {
            json.WriteStringValue(extension);
        }

        json.WriteEndArray();
    });

    /// <exception cref="FormatException">It is not such a document.</exception>
    public static BackupReceipt Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return Read(document.RootElement);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException($"This is not the JSON of a backup's receipt: {malformed.Message}", malformed);
        }
    }

    private static BackupReceipt Read(JsonElement json) => new()
    {
        At = DateTimeOffset.Parse(Text(json.GetProperty("at")), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal),
        Source = Text(json.GetProperty("source")),
        Archive = Digest.Parse(Text(json.GetProperty("archive"))),
        Bytes = json.GetProperty("bytes").GetInt64(),
        RestoreTime = TimeSpan.FromTicks((long)(json.GetProperty("restoreSeconds").GetDecimal() * TimeSpan.TicksPerSecond)),
        Content = new DatabaseFingerprint(
            Text(json.GetProperty("schemaHash")),
            [.. json.GetProperty("tables").EnumerateArray().Select(table => new TableFingerprint(
                Text(table.GetProperty("name")), table.GetProperty("rows").GetInt64(), Text(table.GetProperty("hash"))))])
        {
            Sequences = json.GetProperty("sequences").EnumerateObject().ToDictionary(sequence => sequence.Name, sequence => sequence.Value.GetInt64()),
            Extensions = [.. json.GetProperty("extensions").EnumerateArray().Select(Text)],
        },
    };

    private static string Text(JsonElement value) => value.GetString() ?? throw new FormatException("A field of a receipt is null.");
}
