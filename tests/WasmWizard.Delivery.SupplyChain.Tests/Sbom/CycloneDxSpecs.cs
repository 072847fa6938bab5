using System.Text.Json.Nodes;
using NuGet.Versioning;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.SupplyChain.Debian;
using WasmWizard.Delivery.SupplyChain.Packages;
using WasmWizard.Delivery.SupplyChain.Sbom;
using WasmWizard.Delivery.SupplyChain.Scan;
using WasmWizard.Delivery.SupplyChain.Tests.Scan;
using WasmWizard.Delivery.SupplyChain.Tools;

namespace WasmWizard.Delivery.SupplyChain.Tests.Sbom;

public sealed class CycloneDxSpecs : IDisposable
{
    private const string Validate = """
        const { Spec, Validation } = require('@cyclonedx/cyclonedx-library');
        const { readFileSync } = require('fs');
        new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(readFileSync(process.argv[2], 'utf8'))
          .then(error => { if (error) { console.error(JSON.stringify(error)); process.exit(3); } }, missing => { console.error(missing); process.exit(4); });
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Everything_in_the_image_is_listed_with_its_name_across_ecosystems()
    {
        var bom = Bom();

        Assert.Equal(("CycloneDX", "1.6", "wasm-wizard"), ((string?)bom["bomFormat"], (string?)bom["specVersion"], (string?)bom["metadata"]!["component"]!["name"]));
        Assert.Equal(
            [
                null,
                "pkg:deb/debian/libssl3t64@3.5.4-1~deb13u2?arch=amd64&distro=trixie",
                "pkg:deb/debian/tzdata@2025b-4%2Bdeb13u1?arch=all&distro=trixie",
                "pkg:nuget/Microsoft.NETCore.App.Runtime.linux-x64@10.0.1",
                "pkg:nuget/Newtonsoft.Json@13.0.3",
            ],
            bom["components"]!.AsArray().Select(component => (string?)component!["purl"]));
        Assert.Equal("framework", (string?)bom["components"]![3]!["type"]);
        Assert.Equal($"pkg:oci/wasm-wizard@sha256%3A{SampleImage.Contents.Image.Hex}", (string?)bom["metadata"]!["component"]!["purl"]);
        Assert.Equal(5, bom["dependencies"]![0]!["dependsOn"]!.AsArray().Count);
    }

    [Fact]
    public void Licences_and_hashes_are_listed_where_they_are_known()
    {
        var component = Bom()["components"]![4]!;

        Assert.Equal("MIT", (string?)component["licenses"]![0]!["expression"]);
        Assert.Equal(("SHA-512", Convert.ToHexStringLower(new byte[64])), ((string?)component["hashes"]![0]!["alg"], (string?)component["hashes"]![0]!["content"]));
        Assert.Equal("https://www.newtonsoft.com/json", (string?)component["externalReferences"]![0]!["url"]);
        var libssl = Bom()["components"]![1]!;
        Assert.Equal("Apache-2.0", (string?)libssl["licenses"]![0]!["license"]!["name"]);
        Assert.Equal(new string('a', 64), (string?)libssl["hashes"]![0]!["content"]);
        Assert.Null(Bom()["components"]![3]!["licenses"]);
    }

    [Fact]
    public void The_same_image_gives_the_same_bytes_and_another_one_another_serial_number()
    {
        var image = Image();
        var shuffled = image with { ApplicationPackages = [.. image.ApplicationPackages.Reverse(), image.ApplicationPackages[0] with { Where = "another project" }] };

        Assert.Equal(CycloneDxDocument.Write(image, []), CycloneDxDocument.Write(shuffled, []));
        var other = JsonNode.Parse(CycloneDxDocument.Write(image with { Image = Digest.Of("other"u8) }, []))!;
        Assert.NotEqual((string?)Bom()["serialNumber"], (string?)other["serialNumber"]);
        Assert.Matches("^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", (string?)other["serialNumber"]);
    }

    [Fact]
    public void A_torn_package_folder_is_corrupt_and_an_absent_package_has_no_facts()
    {
        _folder.Write("sample/1.0.0/sample.nuspec", "<package>");

        Assert.Throws<CorruptDataException>(() => PackageFacts.Find([_folder.Path], new("Sample", NuGetVersion.Parse("1.0.0"), PackageKind.Library, "app")));
        Assert.Equal(PackageFacts.None, PackageFacts.Find([_folder.Path], new("Sample", NuGetVersion.Parse("2.0.0"), PackageKind.Library, "app")));
    }

    [Theory]
    [InlineData("Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\nFiles: *\nLicense: GPL-2+\n long text\n\nFiles: a\nLicense: Expat\n\nLicense: GPL-2+\n text\n", "Expat GPL-2+")]
    [InlineData("This package was debianized by hand. License: see below.", "")]
    public void Machine_readable_copyright_names_licences(string text, string expected) => Assert.Equal(expected, string.Join(' ', DebianCopyright.Licences(text)));

    [ToolFact("npm", "node")]
    [Trait("suite", "complete")]
    public async Task The_official_schema_accepts_it_and_rejects_what_was_changed()
    {
        var modules = await NpmTools.InstallAsync("cyclonedx-10.3.0", "@cyclonedx/cyclonedx-library@10.3.0", "ajv@8.17.1", "ajv-formats@3.0.1", "ajv-formats-draft2019@1.6.1");
        var script = _folder.Write("validate.cjs", Validate);
        var bom = CycloneDxDocument.Write(Image(), [_folder["packages"]]);

        Assert.Equal("0 ", await Run(bom));
        Assert.StartsWith("3 ", await Run(bom.Replace("\"framework\"", "\"frame\"", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.StartsWith("3 ", await Run(bom.Replace("SHA-512", "SHA-513", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.StartsWith("3 ", await Run(bom.Replace("urn:uuid:", "uuid:", StringComparison.Ordinal)), StringComparison.Ordinal);

        async Task<string> Run(string text)
        {
            var output = await Tool.Find("node")!.RunAsync(
                [script, _folder.Write("bom.json", text)], modules, new Dictionary<string, string?> { ["NODE_PATH"] = Path.Combine(modules, "node_modules") });
            return $"{output.ExitCode} {output.Errors}";
        }
    }

    private JsonNode Bom() => JsonNode.Parse(CycloneDxDocument.Write(Image(), [_folder["packages"]]))!;

    private ImageContents Image()
    {
        _folder.Write("packages/newtonsoft.json/13.0.3/newtonsoft.json.nuspec", """
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata><id>Newtonsoft.Json</id><version>13.0.3</version>
            <license type="expression">MIT</license><projectUrl>https://www.newtonsoft.com/json</projectUrl></metadata></package>
            """);
        _folder.Write("packages/newtonsoft.json/13.0.3/newtonsoft.json.13.0.3.nupkg.sha512", Convert.ToBase64String(new byte[64]));
        var system = SampleImage.Contents.SystemPackages;
        return SampleImage.Contents with { SystemPackages = [system[0] with { Licences = ["Apache-2.0"], Sha256 = new string('a', 64) }, .. system.Skip(1)] };
    }
}
