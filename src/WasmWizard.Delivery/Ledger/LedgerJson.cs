using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Ledger;

/// <summary>
/// The one textual form of an entry: a single line of JSON, ASCII only, camelCase, fields in this order, absent ones left out:
/// <c>ordinal at by action release rollout step outcome detail previousHash hash</c>. Times are UTC with milliseconds. Example:
/// <code>{"ordinal":1,"at":"2026-01-02T03:04:05.678Z","by":"ada@host 42","action":"deploy","release":"3f2a91c0d4e5","rollout":1,"outcome":"started","previousHash":"00..","hash":"9c.."}</code>
/// The hash is taken over the very bytes of the line without its hash field, not over a rewritten document: what was written stays
/// verifiable even when a later runtime would escape a character differently, and a change of a single byte shows.
/// </summary>
public static class LedgerJson
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const string HashField = ",\"hash\":\"";
    private const int HashDigits = 64;
    private const int TailLength = 9 + HashDigits + 2;

    /// <summary>The line of a sealed entry, without a line break.</summary>
    public static string Write(LedgerEntry entry) => $"{Body(entry)[..^1]}{HashField}{entry.Hash}\"}}";

    /// <summary>The hash that the entry must carry.</summary>
    public static string HashOf(LedgerEntry entry) => Hash(Body(entry));

    /// <summary>Reads one line; false with the reason when it is no entry or its bytes do not match its hash.</summary>
    internal static bool TryRead(string line, out LedgerEntry? entry, out string? reason)
    {
        entry = null;
        reason = null;
        try
        {
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { AllowDuplicateProperties = false });
            entry = Read(document.RootElement);
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            reason = "the entry is not readable as JSON of a ledger entry";
            return false;
        }

        var tail = line.Length - TailLength;
        if (tail < 1 || string.CompareOrdinal(line, tail, HashField, 0, HashField.Length) != 0 || !line.EndsWith("\"}", StringComparison.Ordinal))
        {
            reason = "the entry does not end with its hash";
            return false;
        }

        var computed = Hash(line[..tail] + "}");
        if (computed != entry.Hash)
        {
            reason = $"the entry's bytes hash to {computed[..12]}…, it carries {entry.Hash[..12]}…";
            return false;
        }

        return true;
    }

    /// <summary>Cuts a moment to what the line can hold, so that an entry equals itself read back.</summary>
    internal static DateTimeOffset Truncate(DateTimeOffset at) =>
        new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);

    internal static string Time(DateTimeOffset at) => at.ToUniversalTime().ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Body(LedgerEntry entry) => JsonText.Write(json =>
    {
        json.WriteNumber("ordinal", entry.Ordinal);
        json.WriteString("at", Time(entry.At));
        json.WriteString("by", entry.By);
        json.WriteString("action", entry.Action);
        WriteWhenPresent(json, "release", entry.Release?.ToString());
        if (entry.Rollout is { } rollout)
        {
            json.WriteNumber("rollout", rollout);
        }

        WriteWhenPresent(json, "step", entry.Step);
        json.WriteString("outcome", entry.Outcome);
        WriteWhenPresent(json, "detail", entry.Detail);
        json.WriteString("previousHash", entry.PreviousHash);
    });

    private static void WriteWhenPresent(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static LedgerEntry Read(JsonElement json) => new()
    {
        Ordinal = json.GetProperty("ordinal").GetInt64(),
        At = DateTimeOffset.ParseExact(
            Text(json, "at"), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
        By = Text(json, "by"),
        Action = Text(json, "action"),
        Release = Optional(json, "release") is { } release ? ReleaseId.Parse(release) : null,
        Rollout = json.TryGetProperty("rollout", out var rollout) ? rollout.GetInt64() : null,
        Step = Optional(json, "step"),
        Outcome = Text(json, "outcome"),
        Detail = Optional(json, "detail"),
        PreviousHash = HexText(json, "previousHash"),
        Hash = HexText(json, "hash"),
    };

    private static string Text(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null.");

    private static string? Optional(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string HexText(JsonElement json, string name)
    {
        var text = Text(json, name);
        return text.Length == HashDigits && text.AsSpan().IndexOfAnyExcept(Digest.LowerHex) < 0
            ? text
            : throw new FormatException($"'{name}' is not {HashDigits} hex digits.");
    }
}
