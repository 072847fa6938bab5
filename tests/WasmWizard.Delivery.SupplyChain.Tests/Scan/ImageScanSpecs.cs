using Microsoft.Extensions.Time.Testing;
using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Audit;
using WasmWizard.Delivery.Gates.Scan;
using WasmWizard.Delivery.SupplyChain.Advisories;
using WasmWizard.Delivery.SupplyChain.Debian;
using WasmWizard.Delivery.SupplyChain.Scan;
using WasmWizard.Delivery.SupplyChain.Tests.Advisories;
using WasmWizard.Delivery.SupplyChain.Tests.Debian;
using WasmWizard.Delivery.SupplyChain.Tools;

namespace WasmWizard.Delivery.SupplyChain.Tests.Scan;

public sealed class ImageScanSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = Download.NewClient();
    private readonly FakeTimeProvider _time = new(new(2026, 2, 1, 12, 0, 0, TimeSpan.Zero));

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [ToolFact("gpg", "gpgv")]
    public async Task Without_another_scanner_the_embedded_one_looks()
    {
        using var archive = await SigningArchive.CreateAsync();
        var index = await archive.PublishAsync("trixie/20260201100000");
        File.SetLastWriteTimeUtc(Path.Combine(index, "InRelease"), _time.GetUtcNow().UtcDateTime);
        var scan = new ImageScan(_client, new(archive.Folder, archive.Keyring, _time), _time, _ => null);

        var clean = await scan.ObserveAsync(Request(), CancellationToken.None);
        var outdated = await scan.ObserveAsync(Request() with { Contents = SampleImage.WithOutdatedLibssl }, CancellationToken.None);
        var blind = await scan.ObserveAsync(Request() with { Advisories = [] }, CancellationToken.None);
        var half = await scan.ObserveAsync(Request() with { Contents = SampleImage.WithOutdatedLibssl, Advisories = [] }, CancellationToken.None);
        var torn = await scan.ObserveAsync(Request() with { Advisories = [_folder.Write("torn.json", "{")] }, CancellationToken.None);

        Assert.Empty(Assert.IsType<ScanObservation.Measured>(clean).Findings);
        Assert.Single(Assert.IsType<ScanObservation.Measured>(outdated).Findings);
        Assert.IsType<ScanObservation.NoData>(blind);
        var judged = ScanGate.Judge(VulnerabilityPolicy.Scan(SecurityLevel.High), half, SampleImage.Contents.Image, null, _time.GetUtcNow());
        Assert.Equal(Verdict.Refused, judged.Verdict);
        Assert.Contains("libssl3t64 3.5.4-1~deb13u2", judged.Fix, StringComparison.Ordinal);
        Assert.IsType<ScanObservation.Failed>(torn);
    }

    [Fact]
    public async Task Trivy_is_preferred_and_its_findings_count_although_it_ends_with_0()
    {
        var observation = await Scan(Script("trivy", $"case \"$1\" in version) cat <<'E'\n{OtherScannerSpecs.TrivyVersion}\nE\n;; *) cat <<'E'\n{OtherScannerSpecs.Trivy}\nE\n;; esac"), Script("grype", "exit 1"));

        Assert.Equal(3, Assert.IsType<ScanObservation.Measured>(observation).Findings.Count);
    }

    [Fact]
    public async Task Grype_looks_where_there_is_no_trivy() =>
        Assert.Equal("grype 0.92.0", Assert.IsType<ScanObservation.Measured>(await Scan(null, Script("grype", $"cat <<'E'\n{OtherScannerSpecs.Grype}\nE"))).Scanner);

    [Fact]
    public async Task A_scanner_that_fails_is_not_passed_over()
    {
        var trivy = Assert.IsType<ScanObservation.Failed>(await Scan(Script("trivy", "echo no database >&2; exit 1"), null));

        Assert.Equal("trivy failed: exit code 1: no database", trivy.Because);
        Assert.IsType<ScanObservation.Failed>(await Scan(null, Script("grype", "exit 2")));
        Assert.IsType<ScanObservation.Failed>(await Scan(Script("trivy", "echo '{}'"), null));
    }

    private Task<ScanObservation> Scan(Tool? trivy, Tool? grype) =>
        new ImageScan(_client, new(_folder.Path, SecurityIndex.DefaultKeyring, _time), _time, name => name == "trivy" ? trivy : grype)
            .ObserveAsync(Request() with { Layout = _folder.Path }, CancellationToken.None);

    private ScanRequest Request() => new()
    {
        Contents = SampleImage.Contents,
        Advisories = [_folder["absent"], _folder.Write("one.json", Records.Osv("X-1", "Unrelated", """{"introduced":"0"}"""))],
    };

    private Tool Script(string name, string body)
    {
        var file = _folder.Write(name, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new(file);
    }
}
