using Microsoft.Extensions.Time.Testing;
using WasmWizard.Delivery.Containers;
using WasmWizard.Delivery.Containers.Oci;
using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Audit;
using WasmWizard.Delivery.Gates.Scan;
using WasmWizard.Delivery.SupplyChain.Advisories;
using WasmWizard.Delivery.SupplyChain.Debian;
using WasmWizard.Delivery.SupplyChain.Scan;
using WasmWizard.Delivery.SupplyChain.Tests.Advisories;
using WasmWizard.Delivery.SupplyChain.Tests.Debian;

namespace WasmWizard.Delivery.SupplyChain.Tests.Scan;

/// <summary>From a mirror's packages over an image on disk to the gate's answer.</summary>
public sealed class OutdatedImageSpecs : IDisposable
{
    private const string Deps = """{"libraries":{"App/1.0.0":{"type":"project"},"Newtonsoft.Json/13.0.3":{"type":"package"}}}""";

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = Download.NewClient();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [ToolFact("apt-get", "gpg", "gpgv", "dpkg-deb")]
    public async Task An_image_whose_libssl_lacks_a_security_update_is_refused_and_with_the_update_it_passes()
    {
        var now = _time.GetUtcNow();
        using var behind = await SampleMirror.StartAsync(now, withUpdate: false);
        using var current = await SampleMirror.StartAsync(now);
        var scan = new ImageScan(_client, new(_folder["security"], current.Keyring, _time, current.Address), _time, _ => null);
        var outdated = await BuildAsync(behind, "outdated");
        var updated = await BuildAsync(current, "updated");

        var refused = await JudgeAsync(scan, outdated);
        Assert.Equal(Verdict.Refused, refused.Verdict);
        Assert.Contains("libssl3t64 3.5.1-1", refused.Reason, StringComparison.Ordinal);
        Assert.Equal("rebuild the image with libssl3t64 3.5.4-2 or later: ./build.sh Image Scan", refused.Fix);
        Assert.Equal(Verdict.Passed, (await JudgeAsync(scan, updated)).Verdict);
        Assert.Equal(Verdict.Refused, (await JudgeAsync(scan, updated, release: outdated)).Verdict);
    }

    private async Task<ImageLayout> BuildAsync(SampleMirror mirror, string name)
    {
        var root = Directory.CreateDirectory(_folder[$"{name}/root"]).FullName;
        await new DebianBase(mirror.Keyring, mirror.Address, _time).LayOutAsync(SampleMirror.Recipe, root, null, CancellationToken.None);
        _folder.Write($"{name}/app/App.deps.json", Deps);
        var (below, above) = (_folder[$"{name}/root.tar"], _folder[$"{name}/app.tar"]);
        var layers = new[]
        {
            await PackedLayer.CompressAsync(below, await RootLayer.Write(root, BaseRoot.User, below), below + ".gz"),
            await PackedLayer.CompressAsync(above, await AppLayer.Write(_folder[$"{name}/app"], above), above + ".gz"),
        };
        var settings = new ImageSettings { User = "65532:65532", Entrypoint = ["/app/run"], WorkingFolder = "/app", Variables = new Dictionary<string, string>() };
        return ImageLayout.Write(_folder[$"{name}/oci"], settings, "amd64", layers, new Dictionary<string, string>());
    }

    private async Task<GateResult> JudgeAsync(ImageScan scan, ImageLayout image, ImageLayout? release = null)
    {
        var observation = await scan.ObserveAsync(
            new()
            {
                Contents = ImageRecords.Read(image.Digest, "sample", "1", LayerReader.Files(image, ImageRecords.Wants)),
                Layout = image.Folder,
                Advisories = [_folder.Write("advisories.json", Records.Osv("X-1", "Unrelated", """{"introduced":"0"}"""))],
            },
            CancellationToken.None);
        return ScanGate.Judge(VulnerabilityPolicy.Scan(SecurityLevel.Maximum), observation, (release ?? image).Digest, null, _time.GetUtcNow());
    }
}
