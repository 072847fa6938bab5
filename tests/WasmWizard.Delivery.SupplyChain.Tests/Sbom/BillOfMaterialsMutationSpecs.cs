using System.Text;
using NuGet.Versioning;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.SupplyChain.Packages;
using WasmWizard.Delivery.SupplyChain.Sbom;
using WasmWizard.Delivery.SupplyChain.Scan;
using Xunit.Abstractions;

namespace WasmWizard.Delivery.SupplyChain.Tests.Sbom;

/// <summary>An image's records that give a bill of materials, and what happens when one of them is broken: no bill, never a shorter one.</summary>
public sealed class BillOfMaterialsMutationSpecs(ITestOutputHelper output) : IDisposable
{
    private const string Record = "var/lib/dpkg/status.d/libssl3t64";
    private const string Deps = "app/App.deps.json";
    private static readonly Digest Image = Digest.Of("image"u8);

    private static readonly (string Broken, string File, string? Text)[] Mutations =
    [
        ("the release is not named", "usr/lib/os-release", "NAME=Debian\n"),
        ("there is no release", "usr/lib/os-release", null),
        ("a package's record is empty", Record, ""),
        ("a package has no version", Record, "Package: libssl3t64\nArchitecture: amd64\n"),
        ("a package's version is none", Record, "Package: libssl3t64\nVersion: 1.0_2\nArchitecture: amd64\n"),
        ("a package's record is no text", Record, "\u0000\uFFFE"),
        ("the list of dependencies is cut", Deps, """{"libraries":{"""),
        ("the list of dependencies lists nothing", Deps, "{}"),
        ("a dependency has no version", Deps, """{"libraries":{"Newtonsoft.Json":{"type":"package"}}}"""),
    ];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names { get; } = [.. Mutations.Select(mutation => mutation.Broken)];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_unbroken_records_give_a_bill()
    {
        var bill = CycloneDxDocument.Write(ImageRecords.Read(Image, "sample", "1", Files()), []);

        Assert.Contains("pkg:deb/debian/libssl3t64@3.5.4-1", bill, StringComparison.Ordinal);
        Assert.Contains("pkg:nuget/Newtonsoft.Json@13.0.3", bill, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_way_to_break_it_gives_none(string broken)
    {
        var mutation = Mutations.Single(row => row.Broken == broken);
        var files = Files();
        if (mutation.Text is { } text)
            files[mutation.File] = text.StartsWith('\u0000') ? [0xff, 0xfe, 0x00] : Encoding.UTF8.GetBytes(text);
        else
            files.Remove(mutation.File);

        var told = Assert.ThrowsAny<SupplyDataException>(() => ImageRecords.Read(Image, "sample", "1", files));

        output.WriteLine($"sbom | {broken} | {told.Message}");
        Assert.NotEmpty(told.Fix);
    }

    [Fact]
    public void A_torn_package_folder_gives_none()
    {
        _folder.Write("newtonsoft.json/13.0.3/newtonsoft.json.nuspec", "<package>");
        var contents = ImageRecords.Read(Image, "sample", "1", Files());

        Assert.Contains(contents.ApplicationPackages, package => package == new ResolvedPackage("Newtonsoft.Json", NuGetVersion.Parse("13.0.3"), PackageKind.Library, Deps));
        Assert.Throws<CorruptDataException>(() => CycloneDxDocument.Write(contents, [_folder.Path]));
    }

    private static Dictionary<string, byte[]> Files() => new()
    {
        ["usr/lib/os-release"] = "VERSION_CODENAME=trixie\n"u8.ToArray(),
        [Record] = "Package: libssl3t64\nSource: openssl\nVersion: 3.5.4-1\nArchitecture: amd64\n"u8.ToArray(),
        [Deps] = """{"libraries":{"App/1.0.0":{"type":"project"},"Newtonsoft.Json/13.0.3":{"type":"package"}}}"""u8.ToArray(),
    };
}
