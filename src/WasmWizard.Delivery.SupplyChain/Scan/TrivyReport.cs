using System.Text.Json;
using WasmWizard.Delivery.Gates.Audit;
using WasmWizard.Delivery.Gates.Scan;

namespace WasmWizard.Delivery.SupplyChain.Scan;

/// <summary>
/// Reads the JSON of <c>trivy image --format json --list-all-pkgs</c> (schema version 2) and of <c>trivy version --format json</c>. Trivy's
/// exit code says nothing: it is 0 with findings, too.
/// </summary>
public static class TrivyReport
{
    /// <param name="report">The scan's output.</param>
    /// <param name="version">The version's output, which dates the database.</param>
    /// <param name="image">The image that was meant.</param>
    public static ScanObservation Read(byte[] report, byte[] version, ImageIdentity image) => ScannerJson.Read("trivy", () =>
    {
        using var document = JsonDocument.Parse(report);
        using var about = JsonDocument.Parse(version);
        var root = document.RootElement;
        if (root.GetProperty("SchemaVersion").GetInt32() != 2)
            throw new FormatException("an unknown schema version");
        var metadata = root.GetProperty("Metadata");
        var results = ScannerJson.Items(root, "Results").ToList();
        return new ScanObservation.Measured
        {
            Image = image.Resolve([ScannerJson.Text(metadata, "ImageID"), .. ScannerJson.Items(metadata, "RepoDigests").Select(digest => digest.GetString()!.Split('@')[^1])]),
            Scanner = $"trivy {about.RootElement.GetProperty("Version").GetString()}",
            SystemPackages = results.Where(IsSystem).Sum(result => ScannerJson.Items(result, "Packages").Count()),
            ApplicationPackages = results.Where(result => !IsSystem(result)).Sum(result => ScannerJson.Items(result, "Packages").Count()),
            Findings = [.. EndOfLife(metadata), .. results.SelectMany(result => ScannerJson.Items(result, "Vulnerabilities").Select(item => Vulnerability(result, item)))],
            DataAsOf = about.RootElement.TryGetProperty("VulnerabilityDB", out var database) && database.TryGetProperty("UpdatedAt", out var updated) ? updated.GetDateTimeOffset() : null,
        };
    });

    private static bool IsSystem(JsonElement result) => ScannerJson.Text(result, "Class") == "os-pkgs";

    private static Finding Vulnerability(JsonElement result, JsonElement item)
    {
        var fix = ScannerJson.Text(item, "FixedVersion") is { Length: > 0 } version ? version : null;
        return new(item.GetProperty("VulnerabilityID").GetString()!, item.GetProperty("PkgName").GetString()!, item.GetProperty("InstalledVersion").GetString()!, SeverityWords.Read(ScannerJson.Text(item, "Severity")))
        {
            FixedVersion = fix,
            IsMissingUpdate = fix is not null && IsSystem(result),
            Source = "trivy",
            Where = ScannerJson.Text(result, "Target") ?? "",
        };
    }

    private static IEnumerable<Finding> EndOfLife(JsonElement metadata) =>
        metadata.TryGetProperty("OS", out var system) && system.TryGetProperty("EOSL", out var ended) && ended.GetBoolean()
            ? [new("end-of-support", ScannerJson.Text(system, "Family") ?? "", ScannerJson.Text(system, "Name") ?? "", Severity.High) { Source = "trivy", Where = "etc/os-release" }]
            : [];
}
