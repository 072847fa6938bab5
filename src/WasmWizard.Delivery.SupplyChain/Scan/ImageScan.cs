using WasmWizard.Delivery.Gates.Scan;
using WasmWizard.Delivery.SupplyChain.Advisories;
using WasmWizard.Delivery.SupplyChain.Debian;
using WasmWizard.Delivery.SupplyChain.Tools;

namespace WasmWizard.Delivery.SupplyChain.Scan;

/// <summary>
/// Looks an image through: with Trivy or Grype where one is installed and the image lies on disk, else with the embedded scanner.
/// <see cref="ScanGate"/> judges what comes out.
/// </summary>
/// <param name="client">Fetches databases; see <see cref="Download.NewClient"/>.</param>
/// <param name="index">Where security updates are looked up.</param>
/// <param name="time">What the end of support is judged by.</param>
/// <param name="find">Finds a scanner by name; null for the ones on <c>PATH</c>.</param>
public sealed class ImageScan(HttpClient client, SecurityIndexCache index, TimeProvider time, Func<string, Tool?>? find = null)
{
    private readonly Func<string, Tool?> _find = find ?? Tool.Find;

    /// <summary>Never throws for bad data, tools or servers: these are observations, too.</summary>
    public async Task<ScanObservation> ObserveAsync(ScanRequest request, CancellationToken cancellation)
    {
        try
        {
            if (request.Layout is { } layout && _find("trivy") is { } trivy)
                return await TrivyAsync(trivy, layout, request, cancellation);
            if (request.Layout is { } folder && _find("grype") is { } grype)
                return await GrypeAsync(grype, folder, request, cancellation);
            return await EmbeddedAsync(request, cancellation);
        }
        catch (MissingDataException missing)
        {
            return new ScanObservation.NoData(missing.Message, missing.Fix);
        }
        catch (CorruptDataException corrupt)
        {
            return new ScanObservation.Failed(corrupt.Message, corrupt.Fix);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new ScanObservation.Failed($"the scan could not read or keep its files: {problem.Message}", "./build.sh Image Scan");
        }
    }

    private static async Task<ScanObservation> TrivyAsync(Tool trivy, string layout, ScanRequest request, CancellationToken cancellation)
    {
        var report = await trivy.RunAsync(["image", "--quiet", "--format", "json", "--list-all-pkgs", "--scanners", "vuln", "--input", layout], cancellation: cancellation);
        var version = await trivy.RunAsync(["version", "--format", "json"], cancellation: cancellation);
        return report.ExitCode != 0 || version.ExitCode != 0 ? Failed(report) : TrivyReport.Read(report.Output, version.Output, request.Identity);
    }

    private static async Task<ScanObservation> GrypeAsync(Tool grype, string layout, ScanRequest request, CancellationToken cancellation)
    {
        var report = await grype.RunAsync([$"oci-dir:{layout}", "--quiet", "--output", "json"], cancellation: cancellation);
        return report.ExitCode != 0 ? Failed(report) : GrypeReport.Read(report.Output, request.Contents, request.Identity);
    }

    private static ScanObservation.Failed Failed(ToolOutput output) => new($"{output.Tool} failed: {output.Complaint}", $"run {output.Tool} by hand");

    private async Task<ScanObservation> EmbeddedAsync(ScanRequest request, CancellationToken cancellation)
    {
        var updates = await index.GetAsync(request.Contents.Codename, cancellation);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        try
        {
            var advisories = await new AdvisorySource(client).OpenFirstAsync(request.Advisories, cancellation);
            return EmbeddedScanner.Scan(request.Contents, updates, advisories.WithControl(), today);
        }
        catch (MissingDataException missing)
        {
            if (WithoutAdvisories(request.Contents, updates, today, missing) is { } half)
                return half;
            throw;
        }
    }

    /// <summary>Half of the answer is one when it is a no: an update that is known to be missing refuses, whatever is not known besides.</summary>
    private static ScanObservation? WithoutAdvisories(ImageContents image, SecurityIndex updates, DateOnly today, MissingDataException missing)
    {
        var half = EmbeddedScanner.Scan(image with { ApplicationPackages = [] }, updates, new AdvisoryDatabase([], updates.Date, "nowhere"), today);
        return half is not ScanObservation.Measured found ? half : found.Findings.Count == 0 ? null : found with { Limit = $"{found.Limit}; {missing.Message}" };
    }
}

/// <summary>What is scanned and by what.</summary>
public sealed record ScanRequest
{
    /// <summary>What the image records about itself.</summary>
    public required ImageContents Contents { get; init; }

    /// <summary>The digest of the image's configuration; null when not known.</summary>
    public Releases.Digest? ImageConfiguration { get; init; }

    /// <summary>The image as an OCI layout folder, for other scanners; null when it only lies in a registry.</summary>
    public string? Layout { get; init; }

    /// <summary>Databases of NuGet vulnerabilities in the order in which they are tried: paths or URLs.</summary>
    public required IReadOnlyList<string> Advisories { get; init; }

    public ImageIdentity Identity => new(Contents.Image, ImageConfiguration);
}
