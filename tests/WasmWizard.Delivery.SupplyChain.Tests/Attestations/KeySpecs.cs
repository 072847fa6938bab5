using System.Security.Cryptography;
using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.SupplyChain.Attestations;

namespace WasmWizard.Delivery.SupplyChain.Tests.Attestations;

public sealed class KeySpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_key_made_on_first_use_is_its_owners_alone_and_stays()
    {
        var file = _folder["keys/research.pem"];

        using var first = SigningKey.OpenOrCreate(file);
        using var second = SigningKey.OpenOrCreate(file);

        Assert.Equal(first.Public.Id, second.Public.Id);
        Assert.True(second.Public.Verifies([1, 2], first.Sign([1, 2])));
        Assert.False(second.Public.Verifies([1, 3], first.Sign([1, 2])));
        Assert.Equal(["research.pem"], Directory.GetFiles(_folder["keys"]).Select(Path.GetFileName));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder["keys"]));
        }
    }

    [Fact]
    public void Many_first_uses_at_once_end_with_one_key()
    {
        var ids = new string[16];
        Parallel.For(0, ids.Length, run =>
        {
            using var key = SigningKey.OpenOrCreate(_folder["key.pem"]);
            ids[run] = key.Public.Id;
        });

        Assert.Single(ids.Distinct());
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_key_that_others_may_read_is_refused()
    {
        if (OperatingSystem.IsWindows())
            return;
        SigningKey.OpenOrCreate(_folder["key.pem"]).Dispose();
        File.SetUnixFileMode(_folder["key.pem"], UnixFileMode.UserRead | UnixFileMode.GroupRead);

        Assert.Contains("others than its owner", Assert.Throws<CorruptDataException>(() => SigningKey.Open(_folder["key.pem"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_private_p256_key_is_refused_without_showing_it()
    {
        using var rsa = RSA.Create(2048);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var good = SigningKey.Create();

        Refused("noise", "secret noise", "no key");
        Refused("rsa", rsa.ExportPkcs8PrivateKeyPem(), "no key");
        Refused("p384", other.ExportPkcs8PrivateKeyPem(), "another kind");
        Refused("public", good.Public.ToPem(), "public key");
        Assert.Throws<MissingDataException>(() => SigningKey.Open(_folder["none"]));
    }

    [Fact]
    public void Where_no_key_can_be_kept_it_is_missing()
    {
        _folder.Write("keys", "a file where the folder should be");

        Assert.Contains("can be kept", Assert.Throws<MissingDataException>(() => SigningKey.OpenOrCreate(_folder["keys/research.pem"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_of_trusted_keys_are_kept_apart_by_environment()
    {
        using var release = SigningKey.Create();
        using var ci = SigningKey.Create();
        var file = _folder.Write("keys.json", $$"""
            {"production":[{"name":"release","key":"{{Line(release)}}"}],"staging":[{"name":"ci","key":"{{Line(ci)}}"}],"research":[]}
            """);

        var trusted = TrustedKeyFile.Read(file).Trusted.Keys;

        Assert.Equal([new(EnvironmentName.Production, "release", release.Public.Id), new(EnvironmentName.Staging, "ci", ci.Public.Id)], trusted);
        Assert.Throws<MissingDataException>(() => TrustedKeyFile.Read(_folder["none"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"production":null}""")]
    [InlineData("""{"production":[null]}""")]
    [InlineData("""{"production":[{"name":"a"}]}""")]
    [InlineData("""{"production":[{"name":"a","key":"none"}]}""")]
    [InlineData("""{"prod":[{"name":"a","key":"none"}]}""")]
    public void A_torn_list_trusts_nobody(string json) => Assert.Throws<CorruptDataException>(() => TrustedKeyFile.Parse(json, "keys"));

    private static string Line(SigningKey key) => key.Public.ToPem().Replace("\n", "\\n", StringComparison.Ordinal);

    private void Refused(string name, string text, string says)
    {
        _folder.Write(name, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder[name], UnixFileMode.UserRead);
        var message = Assert.Throws<CorruptDataException>(() => SigningKey.Open(_folder[name])).ToString();
        Assert.Contains(says, message, StringComparison.Ordinal);
        Assert.DoesNotContain(text.Split('\n')[0], message, StringComparison.Ordinal);
    }
}
