using System.Text;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.SupplyChain.Packages;
using WasmWizard.Delivery.SupplyChain.Scan;

namespace WasmWizard.Delivery.SupplyChain.Tests.Scan;

public class ImageRecordsSpecs
{
    private const string Deps = """{"libraries":{"App/1.0.0":{"type":"project"},"runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/10.0.12":{"type":"runtimepack"},"Newtonsoft.Json/12.0.1":{"type":"package"}}}""";

    [Fact]
    public void An_image_tells_its_packages_itself()
    {
        var contents = Read(Files());

        Assert.Equal("trixie", contents.Codename);
        var openssl = Assert.Single(contents.SystemPackages);
        Assert.Equal(("libssl3t64", "openssl", "3.5.4-1"), (openssl.Package, openssl.Source, openssl.Version.ToString()));
        Assert.Equal(["Apache-2.0"], openssl.Licences);
        Assert.Equal(
            [("Microsoft.NETCore.App.Runtime.linux-x64", "10.0.12", PackageKind.Pack), ("Newtonsoft.Json", "12.0.1", PackageKind.Library)],
            contents.ApplicationPackages.Select(package => (package.Name, package.Version.ToNormalizedString(), package.Kind)));
    }

    [Fact]
    public void Only_records_are_wanted()
    {
        Assert.All(Files().Keys, path => Assert.True(ImageRecords.Wants(path)));
        Assert.False(ImageRecords.Wants("usr/share/doc/libc6/changelog"));
        Assert.False(ImageRecords.Wants("etc/passwd"));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"libraries":{"Newtonsoft.Json":{"type":"package"}}}""")]
    [InlineData("""{"libraries":{"Newtonsoft.Json/x.y":{"type":"package"}}}""")]
    public void A_torn_list_of_dependencies_is_corrupt(string deps)
    {
        var files = Files();
        files["app/App.deps.json"] = Encoding.UTF8.GetBytes(deps);

        Assert.Throws<CorruptDataException>(() => Read(files));
    }

    [Fact]
    public void An_image_of_no_known_release_cannot_be_judged()
    {
        var files = Files();
        files.Remove("usr/lib/os-release");

        Assert.Contains("which release of Debian", Assert.Throws<MissingDataException>(() => Read(files)).Message, StringComparison.Ordinal);
    }

    private static ImageContents Read(IReadOnlyDictionary<string, byte[]> files) => ImageRecords.Read(Digest.Of("image"u8), "wasm-wizard", "1", files);

    private static Dictionary<string, byte[]> Files() => new()
    {
        ["usr/lib/os-release"] = "PRETTY_NAME=\"Debian\"\nVERSION_CODENAME=trixie\n"u8.ToArray(),
        ["var/lib/dpkg/status.d/libssl3t64"] = "Package: libssl3t64\nSource: openssl\nVersion: 3.5.4-1\nArchitecture: amd64\n"u8.ToArray(),
        ["usr/share/doc/libssl3t64/copyright"] = "Format: x\nLicense: Apache-2.0\n"u8.ToArray(),
        ["app/App.deps.json"] = Encoding.UTF8.GetBytes(Deps),
    };
}
