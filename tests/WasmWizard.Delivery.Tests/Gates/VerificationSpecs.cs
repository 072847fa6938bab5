using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Evidence;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Tests.Environments;

namespace WasmWizard.Delivery.Tests.Gates;

public class VerificationSpecs
{
    [Fact]
    public void Passed_evidence_for_every_gate_allows()
    {
        var verification = Verify("master", _ => Measured(Verdict.Passed));

        Assert.True(verification.Allowed);
        Assert.Empty(verification.Blocking);
    }

    [Fact]
    public void Absent_evidence_is_inconclusive_and_blocks_where_it_is_required()
    {
        var verification = Verify("master", _ => new EvidenceReuse.Lapsed("not measured yet"));

        Assert.All(verification.Answers, answer => Assert.Equal(Verdict.Inconclusive, answer.Result.Verdict));
        Assert.Equal(["tests", "coverage"], verification.Blocking.Select(answer => answer.Rule.Gate.ToString()));
        Assert.Equal("./build.sh Test --branch master", verification.Blocking.First().Result.Fix);
    }

    [Fact]
    public void A_refusal_blocks_only_where_the_branch_requires_or_guards_it()
    {
        Assert.Equal(["tests", "coverage", "audit"], Blocking("master"));
        Assert.Equal(["tests", "audit"], Blocking("research"));

        static IEnumerable<string> Blocking(string branch) =>
            Verify(branch, _ => Measured(Verdict.Refused)).Blocking.Select(answer => answer.Rule.Gate.ToString());
    }

    [Theory]
    [InlineData("master", false)]
    [InlineData("development", false)]
    [InlineData("research", true)]
    public void Only_research_deploys_past_a_gate_that_is_not_built(string branch, bool allowed)
    {
        var verification = Verify(branch, _ => Measured(Verdict.Passed), GateId.Tests);

        Assert.Equal(allowed, verification.Allowed);
        var planned = Assert.Single(verification.Answers, answer => !answer.IsBuilt);
        Assert.Equal((GateId.Tests, Verdict.Inconclusive), (planned.Rule.Gate, planned.Result.Verdict));
        Assert.StartsWith("not built", planned.Result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_gate_has_a_word_that_parses_back_and_a_target()
    {
        Assert.All(GateId.All, gate => Assert.Equal(gate, GateId.Parse(gate.ToString())));
        Assert.Null(GateId.Parse("Audit"));
        Assert.Equal(
            ["Audit", "Format", "Test", "Test", "Scan", "Benchmark", "Docs", "Migrations", "VerifyGenerated", "Integration"],
            GateId.All.Select(gate => gate.Target));
    }

    private static Verification Verify(string branch, Func<GateRule, EvidenceReuse> reuse, params GateId[] planned)
    {
        var strategy = SampleStrategy.Create(planned);
        return Verification.Of(strategy, BranchPolicy.Resolve(strategy, new(branch, null, null, null)).Environment, reuse);
    }

    private static EvidenceReuse.Holds Measured(Verdict verdict) => new(new GateEvidence
    {
        Gate = GateId.Tests,
        Subject = new("tree"),
        Inputs = new Dictionary<string, string>(),
        Result = new(verdict, "measured"),
        At = DateTimeOffset.UnixEpoch,
        Duration = TimeSpan.Zero,
    });
}
