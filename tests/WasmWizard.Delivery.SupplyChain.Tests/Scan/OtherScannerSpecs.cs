using System.Text;
using WasmWizard.Delivery.Gates.Audit;
using WasmWizard.Delivery.Gates.Scan;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.SupplyChain.Scan;

namespace WasmWizard.Delivery.SupplyChain.Tests.Scan;

/// <summary>Reports in the form that the tools write them.</summary>
public class OtherScannerSpecs
{
    internal const string TrivyVersion = """{"Version":"0.62.1","VulnerabilityDB":{"Version":2,"NextUpdate":"2026-02-02T06:00:00Z","UpdatedAt":"2026-02-01T06:00:00.5Z"}}""";
    private static readonly Digest Image = SampleImage.Contents.Image;
    private static readonly Digest Configuration = Digest.Of("configuration"u8);

    internal static string Trivy { get; } = $$"""
        {"SchemaVersion":2,"CreatedAt":"2026-02-01T10:00:00Z","ArtifactName":"image","ArtifactType":"container_image",
         "Metadata":{"OS":{"Family":"debian","Name":"13.1"},"ImageID":"{{Configuration}}","RepoDigests":["registry.test/wasm-wizard@{{Image}}"]},
         "Results":[
          {"Target":"image (debian 13.1)","Class":"os-pkgs","Type":"debian","Packages":[{"Name":"libssl3t64"},{"Name":"tzdata"}],
           "Vulnerabilities":[
            {"VulnerabilityID":"CVE-2026-1","PkgName":"libssl3t64","InstalledVersion":"3.5.1-1","FixedVersion":"3.5.4-1","Status":"fixed","Severity":"LOW"},
            {"VulnerabilityID":"CVE-2026-2","PkgName":"tzdata","InstalledVersion":"1","Status":"affected","Severity":"UNKNOWN"}]},
          {"Target":"app.deps.json","Class":"lang-pkgs","Type":"dotnet-core","Packages":[{"Name":"Newtonsoft.Json"}],
           "Vulnerabilities":[{"VulnerabilityID":"CVE-2024-21907","PkgName":"Newtonsoft.Json","InstalledVersion":"12.0.1","FixedVersion":"13.0.1","Severity":"HIGH"}]}]}
        """;

    internal static string Grype { get; } = $$$"""
        {"matches":[
          {"vulnerability":{"id":"CVE-2026-1","severity":"Low","fix":{"versions":["3.5.4-1"],"state":"fixed"}},"artifact":{"name":"libssl3t64","version":"3.5.1-1","type":"deb"}},
          {"vulnerability":{"id":"CVE-2026-2","severity":"Negligible","fix":{"versions":[],"state":"wont-fix"}},"artifact":{"name":"tzdata","version":"1","type":"deb"}},
          {"vulnerability":{"id":"GHSA-5crp-9r3c-p9vr","severity":"High","fix":{"versions":["13.0.1"],"state":"fixed"}},"artifact":{"name":"Newtonsoft.Json","version":"12.0.1","type":"dotnet"}}],
         "source":{"type":"image","target":{"userInput":"oci-dir:image","imageID":"{{{Configuration}}}","manifestDigest":"{{{Image}}}"}},
         "distro":{"name":"debian","version":"13"},
         "descriptor":{"name":"grype","version":"0.92.0","db":{"status":{"built":"2026-02-01T08:00:00Z"}} }}
        """;

    [Fact]
    public void Trivys_report_is_read_whole()
    {
        var measured = Measured(ReadTrivy(Trivy));

        Assert.Equal(("trivy 0.62.1", Image, 2, 1), (measured.Scanner, measured.Image, measured.SystemPackages, measured.ApplicationPackages));
        Assert.Equal(new DateTimeOffset(2026, 2, 1, 6, 0, 0, 500, TimeSpan.Zero), measured.DataAsOf);
        Assert.Equal(
            ["HIGH CVE-2026-1 in libssl3t64 3.5.1-1", "UNKNOWN CVE-2026-2 in tzdata 1", "HIGH CVE-2024-21907 in Newtonsoft.Json 12.0.1"],
            measured.Findings.Select(finding => finding.ToString()));
    }

    [Fact]
    public void Grypes_report_is_read_whole()
    {
        var measured = Measured(ReadGrype(Grype));

        Assert.Equal(("grype 0.92.0", Image, 2, 2), (measured.Scanner, measured.Image, measured.SystemPackages, measured.ApplicationPackages));
        Assert.Equal(new DateTimeOffset(2026, 2, 1, 8, 0, 0, TimeSpan.Zero), measured.DataAsOf);
        Assert.Equal([Severity.High, Severity.Low, Severity.High], measured.Findings.Select(finding => finding.Counted));
        Assert.Equal(
            new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            Measured(ReadGrype(Grype.Replace("""{"status":{"built":"2026-02-01T08:00:00Z"}}""", """{"built":"2026-01-01T00:00:00Z"}""", StringComparison.Ordinal))).DataAsOf);
        Assert.Null(Measured(ReadGrype(Grype.Replace("\"db\"", "\"other\"", StringComparison.Ordinal))).DataAsOf);
    }

    [Fact]
    public void A_report_about_another_image_names_it()
    {
        var other = Digest.Of("other"u8).ToString();
        string Swap(string report, Digest digest) => report.Replace(digest.ToString(), other, StringComparison.Ordinal);

        Assert.Equal(other, Measured(ReadTrivy(Swap(Swap(Trivy, Image), Configuration))).Image.ToString());
        Assert.Equal(other, Measured(ReadGrype(Swap(Swap(Grype, Image), Configuration))).Image.ToString());
        Assert.Equal(Image, Measured(ReadTrivy(Swap(Trivy, Image))).Image);
        Assert.IsType<ScanObservation.Failed>(ReadTrivy(Trivy.Replace("sha256:", "", StringComparison.Ordinal)));
        Assert.IsType<ScanObservation.Failed>(ReadGrype(Grype.Replace("sha256:", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_end_of_support_that_trivy_reports_is_a_finding() =>
        Assert.Equal(
            "HIGH end-of-support in debian 13.1",
            Measured(ReadTrivy(Trivy.Replace("\"13.1\"}", "\"13.1\",\"EOSL\":true}", StringComparison.Ordinal))).Findings[0].ToString());

    [Fact]
    public void Half_a_report_is_a_failed_scan_wherever_it_is_cut()
    {
        Assert.All(Cuts(Trivy), cut => Assert.IsType<ScanObservation.Failed>(ReadTrivy(cut)));
        Assert.All(Cuts(Grype), cut => Assert.IsType<ScanObservation.Failed>(ReadGrype(cut)));
        Assert.All(["", "{}", "[]", "null", "Trivy panicked"], garbage => Assert.IsType<ScanObservation.Failed>(ReadTrivy(garbage)));
        Assert.All(["", "{}", "[]", "null", "grype panicked"], garbage => Assert.IsType<ScanObservation.Failed>(ReadGrype(garbage)));
        Assert.IsType<ScanObservation.Failed>(ReadTrivy(Trivy.Replace("\"SchemaVersion\":2", "\"SchemaVersion\":3", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Cuts(string report) => Enumerable.Range(1, 30).Select(step => report[..(report.Length * step / 31)]);

    private static ScanObservation ReadTrivy(string report) => TrivyReport.Read(Encoding.UTF8.GetBytes(report), Encoding.UTF8.GetBytes(TrivyVersion), new(Image, Configuration));

    private static ScanObservation ReadGrype(string report) => GrypeReport.Read(Encoding.UTF8.GetBytes(report), SampleImage.Contents, new(Image, Configuration));

    private static ScanObservation.Measured Measured(ScanObservation observation) => Assert.IsType<ScanObservation.Measured>(observation);
}
