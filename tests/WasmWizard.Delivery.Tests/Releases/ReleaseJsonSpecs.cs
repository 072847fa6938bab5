using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.Testing;

namespace WasmWizard.Delivery.Tests.Releases;

public class ReleaseJsonSpecs
{
    private static readonly Release Release = TestReleases.Number(1, migrations: 2) with
    {
        Variables = new Dictionary<string, string> { ["RUST_LOG"] = "trace", ["AUTH_REQUIRED"] = "false" },
    };

    [Fact]
    public void A_release_is_one_line_with_its_fields_in_a_fixed_order() => Assert.Equal(
        $$"""{"id":"{{Release.Id}}","version":"1.1.0","commit":"{{Release.Commit}}","tree":"{{Release.Tree}}","digest":"{{Release.Digest}}","config":"{{Release.Config}}","variables":{"AUTH_REQUIRED":"false","RUST_LOG":"trace"},"migrations":["0001_step","0002_step"]}""",
        ReleaseJson.Write(Release));

    [Fact]
    public void A_release_read_back_equals_itself()
    {
        var read = ReleaseJson.Read(ReleaseJson.Write(Release));

        Assert.Equal(Release, read);
        Assert.Equal(Release.GetHashCode(), read.GetHashCode());
        Assert.Equal(Release.Variables.OrderBy(variable => variable.Key), read.Variables.OrderBy(variable => variable.Key));
        Assert.Equal(Release.Migrations, read.Migrations);
    }

    [Theory]
    [InlineData("", "not the JSON of a release")]
    [InlineData("[]", "not the JSON of a release")]
    [InlineData("{}", "'id' is missing, 'version' is missing, 'commit' is missing")]
    public void What_is_no_release_is_refused(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => ReleaseJson.Read(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"version\":", "\"versiom\":", "'version' is missing, 'versiom' is not known")]
    [InlineData("\"1.1.0\"", "null", "is null")]
    [InlineData("\"0002_step\"", "\"0003_step\"", "calls itself")]
    [InlineData("\"digest\":\"sha256:", "\"digest\":\"md5:", "is not a digest")]
    [InlineData("\"id\":\"", "\"id\":\"x", "is not a release id")]
    [InlineData("\"RUST_LOG\":\"trace\"", "\"RUST_LOG\":\"trace\",\"RUST_LOG\":\"info\"", "not the JSON of a release")]
    [InlineData("[\"0001_step\",\"0002_step\"]", "7", "not the JSON of a release")]
    public void A_document_that_is_not_quite_a_release_is_refused(string old, string changed, string reason)
    {
        var text = ReleaseJson.Write(Release).Replace(old, changed, StringComparison.Ordinal);

        Assert.Contains(reason, Assert.Throws<FormatException>(() => ReleaseJson.Read(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_digest_and_an_id_parse_only_in_their_exact_form()
    {
        var digest = Digest.Of("hello"u8);

        Assert.Equal("sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", digest.ToString());
        Assert.Equal("2cf24dba5fb0", digest.Brief);
        Assert.Equal(digest, Digest.Parse(digest.ToString()));
        Assert.Equal(digest, Digest.FromHash(Convert.FromHexString(digest.Hex)));
        Assert.False(Digest.TryParse(digest.ToString().ToUpperInvariant(), out _));
        Assert.False(Digest.TryParse(null, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => Digest.FromHash([1, 2, 3]));
        Assert.Throws<InvalidOperationException>(() => default(Digest).Hex);
        Assert.Equal("", default(Digest).ToString());
        Assert.Equal("", default(ReleaseId).ToString());
        Assert.False(ReleaseId.TryParse("3F2A91C0D4E5", out _));
    }
}
