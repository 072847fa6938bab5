using System.Text;
using WasmWizard.Delivery.SupplyChain.Debian;

namespace WasmWizard.Delivery.SupplyChain.Tests.Debian;

public class DpkgDatabaseSpecs
{
    private const string Libssl = """
        Package: libssl3t64
        Source: openssl
        Version: 3.5.1-1+deb13u1
        Architecture: amd64
        Description: toolkit
         of several lines
         .
         and paragraphs
        Homepage: https://openssl.test
        """;

    [Fact]
    public void A_record_names_its_source_and_the_sources_version()
    {
        var records = Read(("libssl3t64", Libssl), ("zlib1g", "Package: zlib1g\nSource: zlib (1:1.3.dfsg-1)\nVersion: 1:1.3.dfsg-1+b2\nArchitecture: amd64\n"));

        Assert.Equal(["libssl3t64", "zlib1g"], records.Select(record => record.Package));
        Assert.Equal(("openssl", "3.5.1-1+deb13u1", "https://openssl.test"), (records[0].Source, records[0].SourceVersion.ToString(), records[0].Homepage));
        Assert.Equal(("zlib", "1:1.3.dfsg-1", "1:1.3.dfsg-1+b2"), (records[1].Source, records[1].SourceVersion.ToString(), records[1].Version.ToString()));
    }

    [Fact]
    public void A_package_without_a_source_field_is_its_own_source() =>
        Assert.Equal("tzdata", Read(("tzdata", "Package: tzdata\nVersion: 2025b-4\nArchitecture: all\n")).Single().Source);

    [Fact]
    public void Removed_packages_and_lists_of_checksums_do_not_count() =>
        Assert.Equal(
            ["a"],
            Read(
                ("status", "Package: a\nStatus: install ok installed\nVersion: 1\nArchitecture: all\n\nPackage: b\nStatus: deinstall ok config-files\nVersion: 1\nArchitecture: all\n"),
                ("a.md5sums", "d41d8cd98f00b204e9800998ecf8427e  usr/share/a")).Select(record => record.Package));

    [Fact]
    public void Both_kinds_of_records_are_read_from_a_root()
    {
        using var root = new TemporaryFolder();
        root.Write("var/lib/dpkg/status", "Package: a\nStatus: install ok installed\nVersion: 1\nArchitecture: all\n");
        root.Write("var/lib/dpkg/status.d/libssl3t64", Libssl);

        Assert.Equal(["a", "libssl3t64"], DpkgDatabase.Read(root.Path).Select(record => record.Package));
        Assert.Empty(DpkgDatabase.Read(Path.Combine(root.Path, "nothing")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Package: a\nArchitecture: all\n")]
    [InlineData("Package: a\nVersion: not a version\nArchitecture: all\n")]
    [InlineData("Version: 1\nArchitecture: all\n")]
    [InlineData("Package: a\nVersion: 1\n")]
    [InlineData("Package: a\nVersion: 1\nArchitecture: all\nSource: b (1.0 2)\n")]
    [InlineData("Package: a\nVersion: 1\nArchitec")]
    [InlineData(" begins with a continuation\n")]
    public void A_torn_record_is_corrupt(string text) => Assert.Throws<CorruptDataException>(() => Read(("a", text)));

    [Fact]
    public void A_record_that_is_no_text_is_corrupt() => Assert.Throws<CorruptDataException>(() => DpkgDatabase.Read([("a", [0x50, 0xff, 0xfe])]));

    [Theory]
    [InlineData("bookworm", "2026-07-11")]
    [InlineData("trixie", "2028-08-09")]
    public void The_end_of_support_is_known(string codename, string until) =>
        Assert.Equal(until, DebianSupport.Of(codename)!.SecurityTeamUntil.ToString("yyyy-MM-dd", null));

    [Fact]
    public void The_end_of_support_is_the_one_that_the_distribution_publishes()
    {
        const string Published = "/usr/share/distro-info/debian.csv";
        if (!File.Exists(Published))
            return;
        var rows = File.ReadLines(Published).Select(line => line.Split(',')).Where(row => row.Length > 6).ToDictionary(row => row[2], row => (row[5], row[6]));

        Assert.All(
            DebianSupport.Releases.Where(release => rows.ContainsKey(release.Codename)),
            release => Assert.Equal(rows[release.Codename], ($"{release.SecurityTeamUntil:yyyy-MM-dd}", $"{release.LongTermUntil:yyyy-MM-dd}")));
        Assert.Null(DebianSupport.Of("unheard-of"));
    }

    private static IReadOnlyList<DpkgRecord> Read(params (string Name, string Text)[] files) =>
        DpkgDatabase.Read(files.Select(file => (file.Name, Encoding.UTF8.GetBytes(file.Text))));
}
