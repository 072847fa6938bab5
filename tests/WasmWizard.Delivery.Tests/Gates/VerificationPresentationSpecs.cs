using System.Text.Json;
using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Evidence;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Tests.Environments;

namespace WasmWizard.Delivery.Tests.Gates;

public class VerificationPresentationSpecs
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void People_read_one_line_per_gate_and_then_what_to_do() => Assert.Equal(
        [
            "+ tests     Passed        Required  12 passed (from 2026-01-31 12:00 UTC)",
            "x coverage  Inconclusive  Required  not measured yet",
            "~ audit     not built     Guarded   no CRITICAL",
            "",
            "production: blocked. To change that:",
            "  coverage: ./build.sh Test --branch master",
            "  audit: build the gate and take it off Strategy.Planned",
        ],
        VerificationText.Lines(Verify("master"), began: Noon.AddHours(1)).Select(line => line.Replace("x audit", "~ audit", StringComparison.Ordinal)));

    [Fact]
    public void Where_nothing_was_measured_it_is_said_from_when_the_answers_are()
    {
        var strategy = SampleStrategy.Create();
        var environment = BranchPolicy.Resolve(strategy, new("master", null, null, null)).Environment;
        var at = Noon.AddHours(-2);
        var lines = VerificationText.Lines(Verification.Of(strategy, environment, rule => new EvidenceReuse.Holds(Evidence(rule.Gate, at = at.AddMinutes(1)))), began: Noon);

        Assert.Equal(["nothing was measured: every answer is evidence from 2026-01-31 10:01 UTC to 2026-01-31 10:03 UTC", "production: allowed"], lines.TakeLast(2));
        Assert.DoesNotContain(VerificationText.Lines(Verify("master"), began: Noon.AddHours(1)), line => line.StartsWith("nothing was measured", StringComparison.Ordinal));
    }

    [Fact]
    public void Gates_that_nobody_measured_are_measured_by_one_command_and_an_undecided_one_keeps_its_own_fix()
    {
        var strategy = SampleStrategy.Create();
        var environment = BranchPolicy.Resolve(strategy, new("master", null, null, null)).Environment;
        var undecided = Evidence(GateId.Audit, Noon) with { Result = new(Verdict.Errored, "the data are torn", "fetch them again") };

        var verification = Verification.Of(strategy, environment, rule => rule.Gate == GateId.Audit ? new EvidenceReuse.Undecided(undecided) : new EvidenceReuse.Lapsed("not measured yet"));

        Assert.Equal(["tests, coverage: ./build.sh Test --branch master", "audit: fetch them again"], Remedy.Of(verification).Select(remedy => remedy.ToString()));
        Assert.Equal(Verdict.Errored, verification.Answers.Single(answer => answer.Rule.Gate == GateId.Audit).Result.Verdict);
    }

    [Fact]
    public void Where_every_gate_lacks_an_answer_one_word_asks_for_all()
    {
        var strategy = SampleStrategy.Create();
        var environment = BranchPolicy.Resolve(strategy, new("master", null, null, null)).Environment;
        var guarded = environment with { Gates = [.. environment.Gates.Select(rule => rule with { Strength = Strength.Required })] };

        Assert.Equal(
            ["tests, coverage, audit: ./build.sh Verify --branch master"],
            Remedy.Of(Verification.Of(strategy, guarded, _ => new EvidenceReuse.Lapsed("not measured yet"))).Select(remedy => remedy.ToString()));
    }

    [Fact]
    public void Fresh_evidence_tells_no_age_and_an_allowed_branch_no_fix()
    {
        var lines = VerificationText.Lines(Verify("research"), Noon);

        Assert.Equal("+ tests     Passed        Required  12 passed", lines[0]);
        Assert.Equal("research: allowed", lines[^1]);
    }

    [Fact]
    public void The_document_has_the_agreed_shape()
    {
        using var json = JsonDocument.Parse(VerificationJson.Write(Verify("master"), "master", "9f"));

        Assert.Equal(("production", "master", "9f", false), (
            json.RootElement.GetProperty("environment").GetString(),
            json.RootElement.GetProperty("branch").GetString(),
            json.RootElement.GetProperty("tree").GetString(),
            json.RootElement.GetProperty("allowed").GetBoolean()));
        var gates = json.RootElement.GetProperty("gates").EnumerateArray().ToList();
        Assert.Equal(["tests", "coverage", "audit"], gates.Select(gate => gate.GetProperty("name").GetString()));
        Assert.Equal("artifacts/evidence/tests.json", gates[0].GetProperty("evidence").GetString());
        Assert.Equal(JsonValueKind.Null, gates[1].GetProperty("evidence").ValueKind);
        Assert.Equal(("Inconclusive", "Required", "./build.sh Test --branch master"), (
            gates[1].GetProperty("verdict").GetString(), gates[1].GetProperty("strength").GetString(), gates[1].GetProperty("fix").GetString()));
        Assert.False(gates[2].GetProperty("built").GetBoolean());
        var remedy = json.RootElement.GetProperty("remedies")[0];
        Assert.Equal("coverage", remedy.GetProperty("gates")[0].GetString());
        Assert.Equal("./build.sh Test --branch master", remedy.GetProperty("action").GetString());
    }

    private static Verification Verify(string branch)
    {
        var strategy = SampleStrategy.Create(GateId.Audit);
        return Verification.Of(strategy, BranchPolicy.Resolve(strategy, new(branch, null, null, null)).Environment, Reuse);
    }

    private static EvidenceReuse Reuse(GateRule rule) => rule.Gate == GateId.Tests
        ? new EvidenceReuse.Holds(Evidence(rule.Gate, Noon))
        : new EvidenceReuse.Lapsed("not measured yet");

    private static GateEvidence Evidence(GateId gate, DateTimeOffset at) => new()
    {
        Gate = gate,
        Subject = new("9f"),
        Inputs = new Dictionary<string, string>(),
        Result = new(Verdict.Passed, "12 passed"),
        At = at,
        Duration = TimeSpan.Zero,
    };
}
