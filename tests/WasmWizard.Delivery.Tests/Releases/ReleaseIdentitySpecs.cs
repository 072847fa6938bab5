using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Tests.Releases;

public class ReleaseIdentitySpecs
{
    private static readonly Release Sample = new()
    {
        Version = "1.0.0",
        Commit = "c",
        Tree = "t",
        Digest = Digest.Of("app"u8),
        Config = ConfigHash.Of(new Dictionary<string, string> { ["RUST_LOG"] = "info" }),
        Variables = new Dictionary<string, string> { ["RUST_LOG"] = "info" },
        Migrations = ["0001_initial"],
    };

    [Fact]
    public void Bytes_configuration_and_migrations_make_the_release()
    {
        var others = new[]
        {
            Sample with { Digest = Digest.Of("other app"u8) },
            Sample with { Config = ConfigHash.Of(new Dictionary<string, string> { ["RUST_LOG"] = "debug" }) },
            Sample with { Migrations = ["0001_initial", "0002_next"] },
            Sample with { Migrations = [] },
        };

        Assert.Equal(others.Length + 1, others.Append(Sample).Select(release => release.Id).Distinct().Count());
    }

    [Fact]
    public void Version_commit_and_tree_travel_beside_it() =>
        Assert.Equal(Sample.Id, (Sample with { Version = "2.0.0", Commit = "d", Tree = "u" }).Id);

    [Theory]
    [InlineData("sha256:0000000000000000000000000000000000000000000000000000000000000000", true)]
    [InlineData("sha256:000000000000000000000000000000000000000000000000000000000000000", false)]
    [InlineData("sha256:000000000000000000000000000000000000000000000000000000000000000G", false)]
    [InlineData("sha512:0000000000000000000000000000000000000000000000000000000000000000", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_a_whole_sha256_is_a_digest(string? text, bool valid)
    {
        Assert.Equal(valid, Digest.TryParse(text, out var digest));
        Assert.Equal(valid ? text : "", digest.ToString());
        if (!valid)
            Assert.Throws<FormatException>(() => Digest.Parse(text ?? ""));
    }

    [Theory]
    [InlineData("0123456789ab", true)]
    [InlineData("0123456789AB", false)]
    [InlineData("0123456789", false)]
    public void Only_twelve_hex_digits_are_a_release_id(string text, bool valid)
    {
        Assert.Equal(valid, ReleaseId.TryParse(text, out _));
        if (!valid)
            Assert.Throws<FormatException>(() => ReleaseId.Parse(text));
    }
}
