using System.Text;
using WasmWizard.Delivery.SupplyChain.Debian;

namespace WasmWizard.Delivery.SupplyChain.Tests.Debian;

public class PackageClosureSpecs
{
    private static readonly DateTimeOffset Now = new(2026, 2, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", "a")]
    [InlineData("Depends: b", "a b")]
    [InlineData("Depends: b (>= 2.0)", "a b")]
    [InlineData("Depends: b (= 2.0), b (<< 3), b (<= 2.0), b (>> 1)", "a b")]
    [InlineData("Pre-Depends: c:any", "a b c")]
    [InlineData("Depends: absent | c", "a b c")]
    [InlineData("Depends: left | c", "a")]
    public void What_is_needed_comes_along_but_for_what_is_left_out(string fields, string expected) =>
        Assert.Equal(expected, string.Join(' ', PackageClosure.Of(Index(fields), new("sample", ["a"], ["left"])).Select(package => package.Record.Package)));

    [Theory]
    [InlineData("Depends: absent", "no index has 'absent', which a needs")]
    [InlineData("Depends: b (>= 3)", "no index has 'b (>= 3)', which a needs")]
    [InlineData("Depends: b (>= )", "'b (>= )' is no dependency")]
    public void What_cannot_be_had_is_told(string fields, string told) =>
        Assert.Equal(told, Assert.Throws<CorruptDataException>(() => PackageClosure.Of(Index(fields), new("sample", ["a"], []))).Message);

    [Fact]
    public void A_wanted_package_that_no_index_has_is_told() =>
        Assert.Contains("z, which the recipe needs", Assert.Throws<CorruptDataException>(() => PackageClosure.Of(Index(""), new("sample", ["z"], []))).Message, StringComparison.Ordinal);

    [Fact]
    public void The_newest_of_several_indexes_counts_and_one_without_a_hash_does_not()
    {
        var index = PackageIndex.Read([Signed(Package("a", "1.0")), Signed(Package("a", "1.0+deb13u1")), Signed(Package("a", "0.9"))], Now);
        Assert.Equal("1.0+deb13u1", index.Find("a")!.Record.Version.ToString());

        Assert.Contains("has no hash", Assert.Throws<CorruptDataException>(() => PackageIndex.Read([Signed("Package: a\nVersion: 1\nArchitecture: amd64\n")], Now)).Message, StringComparison.Ordinal);
        var (head, body) = Signed(Package("a", "1.0"));
        Assert.Contains("not the one that was signed", Assert.Throws<CorruptDataException>(() => PackageIndex.Read([(head, body[..^1])], Now)).Message, StringComparison.Ordinal);
    }

    private static PackageIndex Index(string fields) =>
        PackageIndex.Read([Signed(Package("a", "1.0", fields.Length > 0 ? fields + "\n" : "") + Package("b", "2.0") + Package("c", "1.0", "Depends: b\n"))], Now);

    private static (SignedRelease Head, byte[] Body) Signed(string packages) =>
        (SignedRelease.Parse(SigningArchive.Release(packages, "trixie"), "InRelease"), Encoding.UTF8.GetBytes(packages));

    private static string Package(string name, string version, string fields = "") =>
        $"Package: {name}\nVersion: {version}\nArchitecture: amd64\n{fields}SHA256: {new string('a', 64)}\n\n";
}
