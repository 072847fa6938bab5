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
    public void Only_a_measured_answer_is_reused_any_other_is_told_until_it_is_asked_again(Verdict verdict, bool reused)
    {
        var answered = Earlier with { Result = new(verdict, "") };

        Assert.Equal(reused ? new EvidenceReuse.Holds(answered) : new EvidenceReuse.Undecided(answered), Judge(answered));
    }

    [Fact]
    public void What_differs_is_named_with_both_values_and_since_when()
    {
        Assert.Equal("not measured yet", Because(null));
        Assert.Equal("a.cs, b.cs changed since 2026-01-31 12:00 UTC", Because(Earlier with { Subject = new("two", "sha256:image") }));
        Assert.Equal("a.cs, b.cs, c.cs and 2 more changed since 2026-01-31 12:00 UTC", Because(Earlier with { Subject = new("five", "sha256:image") }));
        Assert.Equal("files changed since 2026-01-31 12:00 UTC", Because(Earlier with { Subject = new("forgotten", "sha256:image") }));
        Assert.Equal("the image changed (none then, sha256:image now) since 2026-01-31 12:00 UTC", Because(Earlier with { Subject = new("tree") }));
        Assert.Equal("the base of the image changed (debian then, none now) since 2026-01-31 12:00 UTC", Because(Earlier with { Subject = new("tree", "sha256:image", "debian") }));
        Assert.Equal("the sdk changed (9 then, 10.0.100 now) since 2026-01-31 12:00 UTC", Because(Earlier with { Inputs = new Dictionary<string, string> { ["demand"] = "lines >= 85 %", ["sdk"] = "9" } }));
        Assert.Equal("the sdk changed (none then, 10.0.100 now) since 2026-01-31 12:00 UTC", Because(Earlier with { Inputs = new Dictionary<string, string> { ["demand"] = "lines >= 85 %" } }));
        Assert.Equal("more than 24 h passed since 2026-01-30 11:00 UTC", Because(Earlier with { At = Noon.AddHours(-25) }));
    }

    [Fact]
    public void An_undecided_answer_about_something_else_has_lapsed_like_any_other() =>
        Assert.StartsWith("a.cs, b.cs changed", Because(Earlier with { Subject = new("two", "sha256:image"), Result = new(Verdict.Errored, "") }), StringComparison.Ordinal);

    private static EvidenceReuse Judge(GateEvidence? earlier) =>
        EvidenceReuse.Judge(earlier, Earlier.Subject, Earlier.Inputs, Changed, Noon, TimeSpan.FromHours(24));

    private static IReadOnlyList<string>? Changed(string tree) => tree switch
    {
        "two" => ["a.cs", "b.cs"],
        "five" => ["a.cs", "b.cs", "c.cs", "d.cs", "e.cs"],
        _ => null,
    };

    private static string Because(GateEvidence? earlier) => Assert.IsType<EvidenceReuse.Lapsed>(Judge(earlier)).Because;
}
