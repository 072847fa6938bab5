using System.Text.Json;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Audit;
using WasmWizard.Delivery.SupplyChain.Audit;

namespace WasmWizard.Delivery.SupplyChain.Tests.Audit;

public class WaiverFileSpecs
{
    private static readonly Waiver Expected = new("GHSA-1", "Sample", "not reachable", "ada", new DateOnly(2026, 6, 30));

    [Theory]
    [InlineData("waivers:\n  - id: GHSA-1\n    package: Sample\n    reason: not reachable\n    owner: ada\n    expiry: 2026-06-30\n")]
    [InlineData("""{"waivers":[{"id":"GHSA-1","package":"Sample","reason":"not reachable","owner":"ada","expiry":"2026-06-30"}]}""")]
    public void Yaml_and_json_say_the_same(string text) => Assert.Equal(Expected, Assert.Single(WaiverFile.Parse(text, "waivers")));

    [Fact]
    public void An_incomplete_entry_is_kept_for_the_gate_to_refuse() =>
        Assert.Equal(["package", "reason", "expiry"], WaiverFile.Parse("waivers: [{ id: GHSA-1, owner: ada }]", "waivers").Single().Missing);

    [Theory]
    [InlineData("")]
    [InlineData("# nothing waived\n")]
    [InlineData("waivers: []")]
    public void Nothing_waived_is_an_empty_list(string text) => Assert.Empty(WaiverFile.Parse(text, "waivers"));

    [Fact]
    public void A_file_that_is_not_there_waives_nothing()
    {
        using var folder = new TemporaryFolder();
        Assert.Empty(WaiverFile.Read(folder["none.yml"]));
        Assert.Single(WaiverFile.Read(folder.Write("waivers.yml", "waivers: [{ id: GHSA-1 }]")));
    }

    [Theory]
    [InlineData("{\"waivers\":[{\"id\":\"GHSA-1\"")]
    [InlineData("waivers: none")]
    [InlineData("other: []")]
    [InlineData("[]")]
    [InlineData("waivers: [GHSA-1]")]
    [InlineData("waivers: [{ id: GHSA-1, expires: 2026-06-30 }]")]
    [InlineData("waivers: [{ id: [GHSA-1] }]")]
    [InlineData("waivers: [{ id: GHSA-1, expiry: 30.06.2026 }]")]
    [InlineData("waivers: []\nother: []")]
    public void What_cannot_be_read_is_never_taken_for_nothing_waived(string text) => Assert.Throws<CorruptDataException>(() => WaiverFile.Parse(text, "waivers"));

    [Fact]
    public void Findings_are_written_as_the_contract_shapes_them()
    {
        var rule = new GateRule(GateId.Audit, Strength.Required, "no HIGH or CRITICAL");
        var finding = new Finding("GHSA-1", "Sample", "1.0.0", Severity.High) { Range = "(, 1.0.1)", FixedVersion = "1.0.1", Where = "src/App/App.csproj" };

        using var json = JsonDocument.Parse(FindingsJson.Write(rule, new(Verdict.Refused, "1 HIGH", "update"), [finding, new("X-2", "Other", "2.0.0", Severity.Unknown)]));

        Assert.Equal("audit Refused", $"{json.RootElement.GetProperty("gate")} {json.RootElement.GetProperty("verdict")}");
        Assert.Equal(
            """{"rule":"GHSA-1","severity":"HIGH","file":"src/App/App.csproj","line":null,"promised":"no HIGH or CRITICAL","found":"Sample 1.0.0 in (, 1.0.1)","fix":"1.0.1"}""",
            JsonSerializer.Serialize(json.RootElement.GetProperty("findings")[0]));
        Assert.Equal("Other 2.0.0", json.RootElement.GetProperty("findings")[1].GetProperty("found").GetString());
    }
}
