using System.Text.Json;
using WasmWizard.Delivery.Gates.Scan;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.SupplyChain.Scan;

/// <summary>What the reports of other scanners have in common.</summary>
internal static class ScannerJson
{
    /// <summary>A report that is not whole is a failed scan, never a clean one.</summary>
    public static ScanObservation Read(string scanner, Func<ScanObservation> read)
    {
        try
        {
            return read();
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return new ScanObservation.Failed($"the report of {scanner} is not a whole one of the kind that was asked for: {problem.Message}", $"run {scanner} by hand");
        }
    }

    /// <summary>Empty for a list that is absent or null.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var items) && items.ValueKind != JsonValueKind.Null ? items.EnumerateArray() : [];

    public static string? Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value.GetString() : null;
}

/// <summary>The names of one image: scanners report it by its manifest or by its configuration.</summary>
/// <param name="Manifest">The digest that is deployed.</param>
/// <param name="Configuration">The digest of its configuration, which older tools call the image id; null when not known.</param>
public sealed record ImageIdentity(Digest Manifest, Digest? Configuration = null)
{
    /// <summary>The image that a report names: this one, or the other one that it is about.</summary>
    /// <exception cref="FormatException">It names none.</exception>
    public Digest Resolve(IEnumerable<string?> names)
    {
        Digest[] reported = [.. names.SelectMany(name => Digest.TryParse(name, out var digest) ? [digest] : Array.Empty<Digest>())];
        if (reported.Any(digest => digest == Manifest || digest == Configuration))
            return Manifest;
        return reported.Length > 0 ? reported[0] : throw new FormatException("it does not say which image it is about");
    }
}
