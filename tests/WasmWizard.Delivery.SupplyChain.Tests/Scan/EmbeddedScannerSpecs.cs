using NuGet.Versioning;
using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Audit;
using WasmWizard.Delivery.Gates.Scan;
using WasmWizard.Delivery.SupplyChain.Advisories;
using WasmWizard.Delivery.SupplyChain.Packages;
using WasmWizard.Delivery.SupplyChain.Scan;

namespace WasmWizard.Delivery.SupplyChain.Tests.Scan;

public class EmbeddedScannerSpecs
{
    private static readonly DateTimeOffset Now = new(2026, 2, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly AdvisoryDatabase Advisories = new AdvisoryDatabase([], Now.AddDays(-3), "test").WithControl();

    [Fact]
    public void A_current_image_passes_and_the_scanners_limit_is_said()
    {
        var observation = Scan(SampleImage.Contents);

        var result = ScanGate.Judge(VulnerabilityPolicy.Scan(SecurityLevel.Maximum), observation, SampleImage.Contents.Image, TimeSpan.FromDays(7), Now);
        Assert.Equal(Verdict.Passed, result.Verdict);
        Assert.Contains("only what has a fix", result.Reason, StringComparison.Ordinal);
        Assert.Equal(Advisories.AsOf, Assert.IsType<ScanObservation.Measured>(observation).DataAsOf);
    }

    [Fact]
    public void An_image_with_an_outdated_libssl_is_refused()
    {
        var observation = Scan(SampleImage.WithOutdatedLibssl);

        var finding = Assert.Single(Assert.IsType<ScanObservation.Measured>(observation).Findings);
        Assert.Equal(("trixie-security/openssl", "libssl3t64", "3.5.1-1+b1", "3.5.4-1~deb13u2", Severity.High), (finding.Id, finding.Package, finding.Version, finding.FixedVersion, finding.Counted));
        var result = ScanGate.Judge(VulnerabilityPolicy.Scan(SecurityLevel.High), observation, SampleImage.Contents.Image, null, Now);
        Assert.Equal((Verdict.Refused, "rebuild the image with libssl3t64 3.5.4-1~deb13u2 or later: ./build.sh Image Scan"), (result.Verdict, result.Fix));
    }

    [Fact]
    public void A_vulnerable_library_is_found_in_the_image()
    {
        var image = SampleImage.Contents with { ApplicationPackages = [new("newtonsoft.json", NuGetVersion.Parse("12.0.3"), PackageKind.Library, "app")] };

        Assert.Equal("GHSA-5crp-9r3c-p9vr", Assert.Single(Assert.IsType<ScanObservation.Measured>(Scan(image)).Findings).Id);
    }

    [Theory]
    [InlineData("trixie", "2028-08-09", null)]
    [InlineData("trixie", "2028-08-10", Severity.Medium)]
    [InlineData("trixie", "2030-07-01", Severity.High)]
    [InlineData("bookworm", "2026-02-02", null)]
    [InlineData("hamm", "2026-02-02", Severity.Unknown)]
    public void The_end_of_the_distributions_support_is_a_finding(string codename, string today, Severity? expected)
    {
        var observation = EmbeddedScanner.Scan(
            SampleImage.Contents with { Codename = codename }, SampleImage.Updates with { Codename = codename }, Advisories, DateOnly.Parse(today, null));

        Assert.Equal(expected, Assert.IsType<ScanObservation.Measured>(observation).Findings.SingleOrDefault()?.Severity);
    }

    [Fact]
    public void The_index_of_another_release_says_nothing_about_this_image() =>
        Assert.IsType<ScanObservation.Failed>(Scan(SampleImage.Contents with { Codename = "bookworm" }));

    private static ScanObservation Scan(ImageContents image) => EmbeddedScanner.Scan(image, SampleImage.Updates, Advisories, DateOnly.FromDateTime(Now.UtcDateTime));
}
