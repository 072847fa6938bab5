using WasmWizard.Delivery.SupplyChain.Audit;

namespace WasmWizard.Delivery.SupplyChain.Tests.Audit;

public sealed class RestoreConfigurationSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""<packageSources><add key="a" value="https://a.test" /><add key="b" value="feed" /></packageSources>""", "https://a.test")]
    [InlineData("""<packageSources><add key="a" value="https://a.test" /></packageSources><auditSources><add key="b" value="https://b.test" /></auditSources>""", "https://b.test")]
    [InlineData("", "")]
    public void Audit_sources_are_asked_before_package_sources(string sections, string expected) =>
        Assert.Equal(expected, string.Join(' ', RestoreConfiguration.AdvisorySources(Configuration(sections))));

    [Fact]
    public void The_derived_configuration_has_one_audit_source_and_finds_folders_where_they_were()
    {
        var file = Configuration("""<packageSources><clear /><add key="a" value="https://a.test" /><add key="b" value="feed" /></packageSources><auditSources><add key="old" value="https://old.test" /></auditSources>""");

        var derived = RestoreConfiguration.WithAuditSource(file, new("http://127.0.0.1:1/v3/index.json"));

        Assert.Contains("""<add key="advisories" value="http://127.0.0.1:1/v3/index.json" allowInsecureConnections="true" />""", derived, StringComparison.Ordinal);
        Assert.Contains($"""<add key="b" value="{_folder["feed"]}" />""", derived, StringComparison.Ordinal);
        Assert.DoesNotContain("old.test", derived, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_configuration_is_named()
    {
        Assert.Throws<CorruptDataException>(() => RestoreConfiguration.AdvisorySources(_folder.Write("a.config", "<configuration>")));
        Assert.Throws<CorruptDataException>(() => RestoreConfiguration.AdvisorySources(_folder.Write("b.config", "<Project />")));
        Assert.Throws<MissingDataException>(() => RestoreConfiguration.AdvisorySources(_folder["none.config"]));
    }

    private string Configuration(string sections) => _folder.Write("nuget.config", $"<configuration>{sections}</configuration>");
}
