using System.IO.Compression;
using System.Text;
using NuGet.Versioning;
using WasmWizard.Delivery.Gates.Audit;
using WasmWizard.Delivery.SupplyChain.Advisories;
using WasmWizard.Delivery.SupplyChain.Packages;

namespace WasmWizard.Delivery.SupplyChain.Tests.Advisories;

public sealed class AdvisorySourceSpecs : IDisposable
{
    private static readonly string Old = Records.Osv("X-1", "Sample", """{"introduced":"0"}""", modified: "2026-01-01T00:00:00Z");
    private static readonly string New = Records.Osv("X-2", "Sample", """{"introduced":"2.0.0"}""", modified: "2026-02-03T04:05:06Z");
    private readonly TemporaryFolder _folder = new();
    private readonly LoopbackServer _server = new();
    private readonly HttpClient _client = Download.NewClient();

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_folder_of_records_is_as_new_as_its_newest_record()
    {
        _folder.Write("a/one.json", Old);
        _folder.Write("b/two.json", New);

        var database = await Open(_folder.Path);

        Assert.Equal((2, new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero)), (database.Count, database.AsOf));
        Assert.Equal(["X-1"], database.Match([Package("sample", "1.0.0")]).Select(finding => finding.Id));
        Assert.Equal(["X-1", "X-2"], database.Match([Package("Sample", "2.0.0")]).Select(finding => finding.Id));
    }

    [Fact]
    public async Task A_file_and_a_zip_hold_the_same()
    {
        var zip = Zip(("one.json", Old), ("notes.txt", "none"), ("two.json", New));

        Assert.Equal(2, (await Open(_folder.Write("all.zip", zip))).Count);
        Assert.Equal(2, (await Open(_folder.Write("all.json", $"[{Old},{New}]"))).Count);
        Assert.Equal(1, (await Open(_folder.Write("one.json", Old))).Count);
        _server.Serve("/all.zip", zip).Serve("/one.json", Old);
        Assert.Equal(2, (await Open(_server["/all.zip"].ToString())).Count);
        Assert.Equal(1, (await Open(_server["/one.json"].ToString())).Count);
    }

    [Fact]
    public async Task A_sources_own_data_is_found_through_its_index()
    {
        _server
            .Serve("/v3/index.json", $$"""{"version":"3.0.0","resources":[{"@id":"https://other.test","@type":"Other/1.0.0"},{"@id":"{{_server["/vulnerabilities/index.json"]}}","@type":"VulnerabilityInfo/6.7.0"}]}""")
            .Serve("/vulnerabilities/index.json", Records.Index(_server["/pages/"]))
            .Serve("/pages/vulnerability.base.json", Records.Page)
            .Serve("/pages/vulnerability.update.json", "{}");

        var database = await Open(_server["/v3/index.json"].ToString());
        var direct = await Open(_server["/vulnerabilities/index.json"].ToString());

        Assert.Equal((5, new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero)), (database.Count, database.AsOf));
        Assert.Equal((database.Count, database.AsOf), (direct.Count, direct.AsOf));
        var finding = database.Match([Package("Newtonsoft.Json", "12.0.1")]).Single();
        Assert.Equal(("GHSA-5crp-9r3c-p9vr", Severity.High, "(, 13.0.1)", "13.0.1", "nuget"), (finding.Id, finding.Severity, finding.Range, finding.FixedVersion, finding.Source));
    }

    [Theory]
    [InlineData("1.0.0", "T-0", Severity.Low, null)]
    [InlineData("1.4.0", "T-9", Severity.Unknown, "1.5.0")]
    [InlineData("3.0.0", "T-1", Severity.Medium, null)]
    [InlineData("9.0.0", "T-3", Severity.Critical, null)]
    public async Task A_dump_in_a_folder_is_read_with_its_index(string version, string id, Severity severity, string? fix)
    {
        _folder.Write("index.json", Records.Index(new Uri("https://elsewhere.test/v3/")));
        _folder.Write("vulnerability.base.json", Records.Page);
        _folder.Write("vulnerability.update.json", "{}");

        var findings = (await Open(_folder.Path)).Match([Package("Sample", version)]);

        Assert.Contains((id, severity, fix), findings.Select(finding => (finding.Id, finding.Severity, finding.FixedVersion)));
    }

    [Fact]
    public async Task A_written_page_reads_back_as_the_same_advisories()
    {
        _folder.Write("all.json", $"[{Old},{New}]");
        var database = (await Open(_folder["all.json"])).WithControl();

        var read = VulnerabilityDump.ReadPage(VulnerabilityDump.WritePage(database), "page");

        Assert.Equal(
            database.Advisories.SelectMany(advisory => advisory.Ranges.Select(range => (advisory.Id, Name: advisory.Package.ToLowerInvariant(), advisory.Severity, Range: range.ToString()))).Order(),
            read.Select(advisory => (advisory.Id, Name: advisory.Package, advisory.Severity, Range: advisory.Range.ToString())).Order());
    }

    [Fact]
    public void The_control_package_is_flagged_by_the_control_record_alone()
    {
        var finding = new AdvisoryDatabase([], DateTimeOffset.UnixEpoch, "nothing").WithControl().Match([ControlRecord.Package]).Single();

        Assert.Equal(("GHSA-5crp-9r3c-p9vr", Severity.High, "13.0.1"), (finding.Id, finding.Severity, finding.FixedVersion));
    }

    [Fact]
    public async Task What_is_not_there_is_missing()
    {
        _server.Serve("/500", "", 500).Serve("/429", "slow down", 429).Serve("/index.json", """{"version":"3.0.0","resources":[]}""");
        _folder.Write("dump/vulnerability.base.json", Records.Page);
        Directory.CreateDirectory(_folder["empty"]);

        await Missing(_folder["nowhere"], "does not exist");
        await Missing(_folder["empty"], "holds no advisory");
        await Missing(_folder["dump"], "says no date");
        await Missing(_server["/404"].ToString(), "answered 404");
        await Missing(_server["/500"].ToString(), "answered 500");
        await Missing(_server["/429"].ToString(), "answered 429");
        await Missing(_server["/index.json"].ToString(), "no vulnerability data");
        await Missing("http://127.0.0.1:1/index.json", "cannot be reached");
    }

    [Fact]
    public async Task What_is_not_whole_is_corrupt()
    {
        var zip = Zip(("one.json", Old), ("two.json", New));
        _server
            .Serve("/half", Encoding.UTF8.GetBytes(Old), claimed: Old.Length * 2)
            .Serve("/cut.json", Old[..^10])
            .Serve("/index.json", Records.Index(_server["/"]))
            .Serve("/vulnerability.base.json", Records.Page[..40])
            .Serve("/vulnerability.update.json", "{}")
            .Serve("/bad-index.json", """{"resources":[{}]}""");
        _folder.Write("no-page/index.json", Records.Index());
        _folder.Write("bad-page/index.json", Records.Index());
        _folder.Write("bad-page/vulnerability.base.json", """{"a":[{"url":"https://a.test/1","severity":1,"versions":"none"}]}""");
        _folder.Write("bad-index/index.json", "[]");
        _folder.Write("records/one.json", Old);
        _folder.Write("records/two.json", New[..50]);

        await Corrupt(_server["/half"].ToString(), "broke off");
        await Corrupt(_server["/cut.json"].ToString(), "not a whole");
        await Corrupt(_server["/index.json"].ToString(), "not a whole page");
        await Corrupt(_server["/bad-index.json"].ToString(), "not a whole");
        await Corrupt(_folder.Write("cut.zip", zip[..^30]), "whole zip");
        await Corrupt(_folder.Write("noise.zip", [1, 2, 3]), "whole zip");
        await Corrupt(_folder["no-page"], "cannot be read");
        await Corrupt(_folder["bad-page"], "not a whole page");
        await Corrupt(_folder["bad-index"], "not a whole index");
        await Corrupt(_folder["records"], "two.json");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"a":null}""")]
    [InlineData("""{"a":[null]}""")]
    [InlineData("""{"a":[{"url":"relative","severity":1,"versions":"[1.0.0]"}]}""")]
    [InlineData("""{"a":[{"severity":1,"versions":"[1.0.0]"}]}""")]
    public void A_page_with_a_hole_is_corrupt(string json) => Assert.Throws<CorruptDataException>(() => VulnerabilityDump.ReadPage(Encoding.UTF8.GetBytes(json), "page"));

    [Fact]
    public void An_address_is_shown_without_its_secrets() =>
        Assert.Equal("https://feed.test/v3/index.json", Download.Shown(new("https://user:secret@feed.test/v3/index.json?token=secret")));

    private Task<AdvisoryDatabase> Open(string place) => new AdvisorySource(_client).OpenAsync(place, CancellationToken.None);

    private async Task Missing(string place, string says) =>
        Assert.Contains(says, (await Assert.ThrowsAsync<MissingDataException>(() => Open(place))).Message, StringComparison.Ordinal);

    private async Task Corrupt(string place, string says) =>
        Assert.Contains(says, (await Assert.ThrowsAsync<CorruptDataException>(() => Open(place))).Message, StringComparison.Ordinal);

    private static ResolvedPackage Package(string name, string version) => new(name, NuGetVersion.Parse(version), PackageKind.Library, "a.csproj");

    private static byte[] Zip(params (string Name, string Text)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        return bytes.ToArray();
    }
}
