using System.Text.Json;
using System.Text.Json.Serialization;
using NuGet.Versioning;
using WasmWizard.Delivery.Gates.Audit;

namespace WasmWizard.Delivery.SupplyChain.Advisories;

/// <summary>Reads records of the Open Source Vulnerability format (ossf.github.io/osv-schema), the NuGet ecosystem's part.</summary>
public static class OsvReader
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <param name="json">One record, or an array of records.</param>
    /// <param name="name">Where it comes from, for messages.</param>
    /// <exception cref="CorruptDataException">The record is torn, or a version in it is none.</exception>
    public static IReadOnlyList<OsvRecord> Read(ReadOnlySpan<byte> json, string name)
    {
        try
        {
            var isArray = json.TrimStart(" \t\r\n"u8) is [(byte)'[', ..];
            Document?[]? documents = isArray ? JsonSerializer.Deserialize<Document?[]>(json, Options) : [JsonSerializer.Deserialize<Document>(json, Options)];
            return [.. documents!.Select(document => Record(document ?? throw new JsonException("null is no record")))];
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException or FormatException)
        {
            throw new CorruptDataException($"{name} is not a whole OSV record", "fetch it again", problem);
        }
    }

    private static OsvRecord Record(Document document) => new(
        document.Id,
        document.Modified,
        document.Withdrawn is not null
            ? []
            : [.. (document.Affected ?? []).Where(affected => affected.Package?.Ecosystem == "NuGet").Select(affected => Advisory(document, affected))]);

    private static OsvAdvisory Advisory(Document document, Affected affected) => new(
        document.Id,
        affected.Package!.Name,
        SeverityOf(document, affected),
        [.. (affected.Ranges ?? []).Where(range => range.Type is "ECOSYSTEM" or "SEMVER").Select(range => Timeline(range))],
        [.. (affected.Versions ?? []).Select(NuGetVersion.Parse)]);

    /// <summary>A limit only says where to stop looking; without it more versions are affected, never fewer.</summary>
    private static IReadOnlyList<OsvEvent> Timeline(Range range) =>
    [
        .. range.Events.Where(change => change.Limit is null).Select(change => change switch
        {
            { Introduced: "0" } => new OsvEvent(OsvEventKind.Introduced, null),
            { Introduced: { } version } => new(OsvEventKind.Introduced, NuGetVersion.Parse(version)),
            { Fixed: { } version } => new(OsvEventKind.Fixed, NuGetVersion.Parse(version)),
            { LastAffected: { } version } => new(OsvEventKind.LastAffected, NuGetVersion.Parse(version)),
            _ => throw new JsonException("an event of an unknown kind"),
        }).Order(),
    ];

    /// <summary>The database's own word counts first, then the base score of a version 3 vector; version 4 vectors alone leave it unknown.</summary>
    private static Severity SeverityOf(Document document, Affected affected)
    {
        var words = new[] { affected.DatabaseSpecific, document.DatabaseSpecific }
            .Select(specific => specific is { ValueKind: JsonValueKind.Object } it && it.TryGetProperty("severity", out var word) && word.ValueKind == JsonValueKind.String ? word.GetString() : null)
            .Select(SeverityWords.Read);
        var scores = (affected.Severity ?? []).Concat(document.Severity ?? [])
            .Where(rating => rating.Type == "CVSS_V3")
            .Select(rating => CvssVector.Rate(rating.Vector));
        return words.Concat(scores).FirstOrDefault(severity => severity != Gates.Audit.Severity.Unknown);
    }

    private sealed record Document(
        string Id,
        DateTimeOffset Modified,
        DateTimeOffset? Withdrawn = null,
        IReadOnlyList<Affected>? Affected = null,
        IReadOnlyList<Rating>? Severity = null,
        JsonElement? DatabaseSpecific = null);

    private sealed record Affected(
        Package? Package = null,
        IReadOnlyList<Range>? Ranges = null,
        IReadOnlyList<string>? Versions = null,
        IReadOnlyList<Rating>? Severity = null,
        JsonElement? DatabaseSpecific = null);

    private sealed record Package(string Ecosystem, string Name);

    private sealed record Range(string Type, IReadOnlyList<Event> Events);

    private sealed record Event(string? Introduced = null, string? Fixed = null, string? LastAffected = null, string? Limit = null);

    private sealed record Rating(string Type, [property: JsonPropertyName("score")] string Vector);
}

/// <summary>One record.</summary>
/// <param name="Id">E.g. <c>GHSA-5crp-9r3c-p9vr</c>.</param>
/// <param name="Modified">When it was last changed; a database is at least as new as its newest record.</param>
/// <param name="Advisories">One per affected NuGet package; empty for a withdrawn record.</param>
public sealed record OsvRecord(string Id, DateTimeOffset Modified, IReadOnlyList<OsvAdvisory> Advisories);
