using WasmWizard.Delivery.Evidence;
using WasmWizard.Delivery.Gates;

namespace WasmWizard.Delivery.Tests.Evidence;

public class EvidenceSpecs
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private static readonly GateEvidence Earlier = new()
    {
        Gate = GateId.Coverage,
        Subject = new("tree", "sha256:image"),
        Inputs = new Dictionary<string, string> { ["demand"] = "lines >= 85 %", ["sdk"] = "10.0.100" },
        Result = new(Verdict.Passed, "lines 91.2 %") { Measurements = new Dictionary<string, decimal> { ["linesPercent"] = 91.2m } },
        At = Noon,
        Duration = TimeSpan.FromSeconds(41),
        Files = ["artifacts/coverage/index.html"],
    };

    [Fact]
    public void Evidence_survives_the_file() => Assert.Equal(EvidenceJson.Write(Earlier), EvidenceJson.Write(EvidenceJson.Read(EvidenceJson.Write(Earlier))!));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"gate\":\"coverage\"}")]
    [InlineData("[1,2")]
    public void A_broken_file_is_no_evidence(string json) => Assert.Null(EvidenceJson.Read(json));

    [Fact]
    public void A_file_with_an_unknown_gate_or_field_is_no_evidence()
    {
        var json = EvidenceJson.Write(Earlier);

        Assert.Null(EvidenceJson.Read(json.Replace("\"coverage\"", "\"luck\"", StringComparison.Ordinal)));
        Assert.Null(EvidenceJson.Read(json.Replace("\"gate\"", "\"gates\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_same_question_is_answered_from_evidence() =>
        Assert.Equal(new EvidenceReuse.Holds(Earlier), Judge(Earlier));

    [Theory]
    [InlineData(Verdict.Passed, true)]
    [InlineData(Verdict.Refused, true)]
    [InlineData(Verdict.Inconclusive, false)]
    [InlineData(Verdict.Errored, false)]
    public void Only_a_measured_answer_is_reused(Verdict verdict, bool reused) =>
        Assert.Equal(reused, Judge(Earlier with { Result = new(verdict, "") }) is EvidenceReuse.Holds);

    [Fact]
    public void What_differs_is_named()
    {
        Assert.Equal("not measured yet", Because(null));
        Assert.Equal("measured on other files", Because(Earlier with { Subject = new("other", "sha256:image") }));
        Assert.Equal("measured on another image", Because(Earlier with { Subject = new("tree") }));
        Assert.Equal("sdk changed", Because(Earlier with { Inputs = new Dictionary<string, string> { ["demand"] = "lines >= 85 %", ["sdk"] = "9" } }));
        Assert.Equal("sdk changed", Because(Earlier with { Inputs = new Dictionary<string, string> { ["demand"] = "lines >= 85 %" } }));
        Assert.Equal("older than 24 h", Because(Earlier with { At = Noon.AddHours(-25) }));
    }

    private static EvidenceReuse Judge(GateEvidence? earlier) =>
        EvidenceReuse.Judge(earlier, Earlier.Subject, Earlier.Inputs, Noon, TimeSpan.FromHours(24));

    private static string Because(GateEvidence? earlier) => Assert.IsType<EvidenceReuse.Lapsed>(Judge(earlier)).Because;
}
