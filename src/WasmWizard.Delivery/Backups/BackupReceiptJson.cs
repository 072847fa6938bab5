using System.Globalization;
using System.Text.Json;
using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Backups;

/// <summary>
/// A receipt as the file beside its archive, one line:
/// <code>{"at":"2026-01-02T03:04:05.678Z","source":"..","archive":"sha256:..","bytes":4096,"restoreSeconds":0.125,"schemaHash":"..","tables":[{"name":"runs","rows":3,"hash":".."}],"sequences":{"runs_id":3},"extensions":["pgcrypto 1.3"]}</code>
/// A server's receipt goes on with <c>"largeObjects":{"rows":1,"hash":".."},"origin":{"systemId":"..","lsn":"0/16B3748","major":17}</c>, and an encrypted
/// archive's with <c>"seal":{"key":"..","plainBytes":4096}</c>.
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
        WriteServer(json, receipt);
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

    private static void WriteServer(Utf8JsonWriter json, BackupReceipt receipt)
    {
        if (receipt.Content.LargeObjects is { } objects)
        {
            json.WriteStartObject("largeObjects");
            json.WriteNumber("rows", objects.Rows);
            json.WriteString("hash", objects.Hash);
            json.WriteEndObject();
        }

        if (receipt.Origin is { } origin)
        {
            json.WriteStartObject("origin");
            json.WriteString("systemId", origin.SystemId);
            json.WriteString("lsn", origin.Lsn);
            json.WriteNumber("major", origin.Major);
            json.WriteEndObject();
        }

        if (receipt.Seal is { } seal)
        {
            json.WriteStartObject("seal");
            json.WriteString("key", seal.Key);
            json.WriteNumber("plainBytes", seal.PlainBytes);
            json.WriteEndObject();
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
            LargeObjects = json.TryGetProperty("largeObjects", out var objects)
                ? new TableFingerprint(DatabaseFingerprint.LargeObjectsName, objects.GetProperty("rows").GetInt64(), Text(objects.GetProperty("hash")))
                : null,
        },
        Origin = json.TryGetProperty("origin", out var origin)
            ? new DatabaseOrigin(Text(origin.GetProperty("systemId")), Text(origin.GetProperty("lsn")), origin.GetProperty("major").GetInt32())
            : null,
        Seal = json.TryGetProperty("seal", out var seal)
            ? new ArchiveSeal(Text(seal.GetProperty("key")), seal.GetProperty("plainBytes").GetInt64())
            : null,
    };

    private static string Text(JsonElement value) => value.GetString() ?? throw new FormatException("A field of a receipt is null.");
}
