using WasmWizard.Delivery.SupplyChain.Packages;

namespace WasmWizard.Delivery.SupplyChain.Tests.Packages;

public sealed class AssetsFileSpecs : IDisposable
{
    internal const string Assets = """
        {"version":3,
         "targets":{"net10.0":{"Newtonsoft.Json/12.0.1":{"type":"package"},"Other/1.0.0":{"type":"project"}},
                    "net10.0/linux-x64":{"Newtonsoft.Json/12.0.1":{"type":"package"},"Sample/2.0.0-rc.1":{"type":"package"}}},
         "project":{"restore":{"projectPath":"/repo/src/App/App.csproj"},
                    "frameworks":{"net10.0":{"downloadDependencies":[{"name":"Microsoft.NETCore.App.Runtime.linux-x64","version":"[10.0.1, 10.0.1]"},
                                                                      {"name":"Pack","version":"[1.0.0, 1.0.0];[2.0.0, 2.0.0]"}]}}},
         "logs":[{"code":"NU1903","message":"text https://advisories.test/GHSA-1","libraryId":"newtonsoft.json","targetGraphs":["net10.0"]},
                 {"code":"NU1900","message":"no server"},{"code":"NU1605","libraryId":"absent"}]}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Packages_of_every_framework_and_runtime_are_read_once_and_packs_with_them()
    {
        var assets = AssetsFile.Read(_folder.Write("project.assets.json", Assets), "/repo");

        Assert.Equal("src/App/App.csproj", assets.Project);
        Assert.Equal(
            ["Newtonsoft.Json 12.0.1 Library", "Sample 2.0.0-rc.1 Library", "Microsoft.NETCore.App.Runtime.linux-x64 10.0.1 Pack", "Pack 1.0.0 Pack", "Pack 2.0.0 Pack"],
            assets.Packages.Select(package => $"{package.Name} {package.Version} {package.Kind}"));
    }

    [Fact]
    public void A_message_is_bound_to_the_version_that_was_resolved()
    {
        var messages = AssetsFile.Read(_folder.Write("project.assets.json", Assets), "/repo").Messages;

        Assert.Equal(["NU1903 12.0.1", "NU1900 ", "NU1605 "], messages.Select(message => $"{message.Code} {message.Package?.Version}"));
    }

    [Fact]
    public void Half_a_file_is_corrupt_and_none_is_missing()
    {
        foreach (var length in Enumerable.Range(1, 20).Select(step => Assets.Length * step / 21))
            Assert.Throws<CorruptDataException>(() => AssetsFile.Read(_folder.Write("half.json", Assets[..length]), "/repo"));
        Assert.Throws<CorruptDataException>(() => AssetsFile.Read(_folder.Write("other.json", "{}"), "/repo"));
        Assert.Throws<CorruptDataException>(() => AssetsFile.Read(_folder.Write("list.json", "[1]"), "/repo"));
        Assert.Throws<CorruptDataException>(() => AssetsFile.Read(_folder.Write("bad.json", Assets.Replace("12.0.1", "x", StringComparison.Ordinal)), "/repo"));
        Assert.Throws<MissingDataException>(() => AssetsFile.Read(_folder["none.json"], "/repo"));
    }

    [Fact]
    public void A_listing_of_the_command_line_is_read_alike()
    {
        const string Listing = """
            {"version":1,"parameters":"--include-transitive","projects":[
              {"path":"/repo/a.csproj","frameworks":[{"framework":"net10.0",
                "topLevelPackages":[{"id":"Newtonsoft.Json","requestedVersion":"12.0.1","resolvedVersion":"12.0.1"}],
                "transitivePackages":[{"id":"Sample","resolvedVersion":"2.0.0"}]}]},
              {"path":"/repo/empty.csproj"}]}
            """;

        Assert.Equal(["Newtonsoft.Json 12.0.1 a.csproj", "Sample 2.0.0 a.csproj"], PackageListing.Read(Listing, "/repo").Select(package => $"{package.Name} {package.Version} {package.Where}"));
        Assert.Throws<CorruptDataException>(() => PackageListing.Read(Listing[..100], "/repo"));
        Assert.Throws<CorruptDataException>(() => PackageListing.Read("{}", "/repo"));
        Assert.Contains(
            "no assets",
            Assert.Throws<CorruptDataException>(() => PackageListing.Read("""{"problems":[{"level":"error","text":"no assets"}],"projects":[]}""", "/repo")).Message,
            StringComparison.Ordinal);
    }
}
