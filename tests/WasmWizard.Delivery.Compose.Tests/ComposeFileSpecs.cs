using WasmWizard.Delivery.Compose.Engine;
using WasmWizard.Delivery.Compose.Stack;
using WasmWizard.Delivery.Compose.Tests.Fixtures;
using YamlDotNet.Serialization;

namespace WasmWizard.Delivery.Compose.Tests;

public sealed class ComposeFileSpecs
{
    private static readonly StagingPlace Place = new("unix:///none", "/none", 443, "host", "c", "k", "a", ComposeLayout.DefaultImages, "s", "none", "172.30.1", "172.30.2");

    [Fact]
    public void Only_the_proxy_publishes_and_secrets_are_files()
    {
        var services = Services("docker-compose.staging.yml");

        Assert.Equal(["proxy"], services.Where(service => service.Value.ContainsKey("ports")).Select(service => service.Key));
        Assert.Equal(["postgres", "redis", "prometheus", "proxy", "wasm-wizard", "migrate"], services.Keys);
        Assert.DoesNotContain("password", Text("docker-compose.staging.yml").Replace("postgres_password", "", StringComparison.Ordinal).Replace("POSTGRES_PASSWORD_FILE", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_service_has_the_name_that_people_type_and_has_a_root_that_it_cannot_write()
    {
        var service = Services("docker-compose.staging.yml")["wasm-wizard"];

        Assert.Equal("true", service["read_only"]);
        Assert.Equal("65532:65532", service["user"]);
        Assert.DoesNotContain("SSL_CERT_PATH", ((Dictionary<object, object>)service["environment"]).Keys);
    }

    [Fact]
    public void Every_image_can_be_replaced() => Assert.All(
        ComposeLayout.DefaultImages, image => Assert.Contains($"${{{image.Key.ToUpperInvariant()}_IMAGE:-{image.Value}}}", Text("docker-compose.staging.yml"), StringComparison.Ordinal));

    [Fact]
    public void The_development_file_is_reached_on_loopback_alone() => Assert.Equal(
        ["127.0.0.1:${HTTP_PORT:-8095}:8080"], ((List<object>)Services("docker-compose.dev.yml")["wasm-wizard"]["ports"]).Cast<string>());

    [Theory]
    [InlineData("unix:///var/run/docker.sock", "/var/run/docker.sock", null)]
    [InlineData("ssh://ops@host:2222", null, "-p 2222 -- ops@host")]
    [InlineData("ssh://host", null, "-- host")]
    public void An_engines_address_is_read(string text, string? socket, string? ssh)
    {
        var address = EngineAddress.Parse(text);

        Assert.Equal((socket, ssh), (address.Socket, address.Ssh is null ? null : string.Join(' ', address.Ssh)));
    }

    [Theory]
    [InlineData("tcp://host:2375")]
    [InlineData("unix://")]
    [InlineData("ssh://-oProxyCommand=x")]
    [InlineData("")]
    public void What_is_no_engines_address_is_refused(string text) => Assert.Throws<FormatException>(() => EngineAddress.Parse(text));

    private static string Text(string path)
    {
        var layout = Staging.Layout(Place);
        return ComposeFiles.Of(layout, layout).Single(file => file.Path == path).Content;
    }

    private static Dictionary<string, Dictionary<string, object>> Services(string path)
    {
        var document = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(Text(path));
        return ((Dictionary<object, object>)document["services"]).ToDictionary(
            service => (string)service.Key, service => ((Dictionary<object, object>)service.Value).ToDictionary(entry => (string)entry.Key, entry => entry.Value));
    }
}
