using System.Text.Json;
using WasmWizard.Delivery.Gates.Audit;
using WasmWizard.Delivery.Gates.Scan;

namespace WasmWizard.Delivery.SupplyChain.Scan;

/// <summary>Reads the JSON of <c>grype --output json</c>. It lists matches only, so that the number of packages comes from the image's own records.</summary>
public static class GrypeReport
{
    /// <param name="report">The scan's output.</param>
    /// <param name="contents">The image that was meant.</param>
    /// <param name="image">Its digests.</param>
    public static ScanObservation Read(byte[] report, ImageContents contents, ImageIdentity image) => ScannerJson.Read("grype", () =>
    {
        using var document = JsonDocument.Parse(report);
        var root = document.RootElement;
        var target = root.GetProperty("source").GetProperty("target");
        var descriptor = root.GetProperty("descriptor");
        return new ScanObservation.Measured
        {
            Image = image.Resolve([ScannerJson.Text(target, "manifestDigest"), ScannerJson.Text(target, "imageID")]),
            Scanner = $"grype {ScannerJson.Text(descriptor, "version")}",
            SystemPackages = contents.SystemPackages.Count,
            ApplicationPackages = contents.ApplicationPackages.Count,
            Findings = [.. root.GetProperty("matches").EnumerateArray().Select(Match)],
            DataAsOf = Built(descriptor),
        };
    });

    private static Finding Match(JsonElement match)
    {
        var vulnerability = match.GetProperty("vulnerability");
        var artifact = match.GetProperty("artifact");
        var fix = vulnerability.TryGetProperty("fix", out var known) ? ScannerJson.Items(known, "versions").Select(version => version.GetString()).FirstOrDefault() : null;
        var kind = ScannerJson.Text(artifact, "type") ?? "";
        return new(vulnerability.GetProperty("id").GetString()!, artifact.GetProperty("name").GetString()!, artifact.GetProperty("version").GetString()!, SeverityWords.Read(ScannerJson.Text(vulnerability, "severity")))
        {
            FixedVersion = fix,
            IsMissingUpdate = fix is not null && kind == "deb",
            Source = "grype",
            Where = kind,
        };
    }

    /// <summary>Older versions date the database beside its name, newer ones inside its status.</summary>
    private static DateTimeOffset? Built(JsonElement descriptor)
    {
        if (!descriptor.TryGetProperty("db", out var database))
            return null;
        var holder = database.TryGetProperty("status", out var status) ? status : database;
        return holder.TryGetProperty("built", out var built) ? built.GetDateTimeOffset() : null;
    }
}
