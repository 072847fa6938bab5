using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Evidence;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Reports;
using WasmWizard.Delivery.Tests.Environments;
using WasmWizard.Delivery.Tests.Gates.Benchmark;

namespace WasmWizard.Delivery.Tests.Reports;

/// <summary>A page with something in every section.</summary>
internal static class SampleReport
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    /// <param name="word">Stands in every text that a gate, a tool or a person can put into the page.</param>
    /// <param name="verdict">Of the tests.</param>
    /// <param name="slowdown">Of the first benchmark.</param>
    public static ReportFacts Facts(string word = "plain", Verdict verdict = Verdict.Passed, double slowdown = 0) => new()
    {
        Branch = "master",
        Commit = "0123456789abcdef",
        Tree = "fedcba9876543210",
        At = Noon,
        Verification = Verify(gate => gate == GateId.Tests
            ? new EvidenceReuse.Undecided(Evidence(gate, Noon, verdict, word))
            : new EvidenceReuse.Holds(Evidence(gate, Noon.AddSeconds(gate == GateId.Coverage ? 30 : -7200), Verdict.Passed, word))),
        Coverage = new([new($"{word}.One", 90, 100, 5, 10), new($"{word}.Two", 50, 100, 0, 0)]),
        Findings =
        [
            new(GateId.Audit, "LOW", $"{word}-1", word, word, word),
            new(GateId.Audit, "CRITICAL", $"{word}-2", word, word, word),
            new(GateId.Docs, "", "", word, "", word),
        ],
        Benchmarks = new(5, new SimulatedBenchmarks(seed: 3).Run(slowdown).Comparisons),
        History = Ledger(rollouts: 2, word),
    };

    public static Verification Verify(Func<GateId, EvidenceReuse> reuse)
    {
        var strategy = SampleStrategy.Create();
        return Verification.Of(strategy, BranchPolicy.Resolve(strategy, new("master", null, null, null)).Environment, rule => reuse(rule.Gate));
    }

    public static GateEvidence Evidence(GateId gate, DateTimeOffset at, Verdict verdict, string reason) => new()
    {
        Gate = gate,
        Subject = new("fedcba9876543210"),
        Inputs = new Dictionary<string, string>(),
        Result = new(verdict, reason, verdict == Verdict.Passed ? "" : reason),
        At = at,
        Duration = TimeSpan.FromSeconds(20),
    };

    public static LedgerChain Ledger(int rollouts, string by) => Enumerable.Range(1, rollouts).Aggregate(LedgerChain.Empty, (chain, number) =>
    {
        var started = chain.Seal(new(LedgerActions.Deploy, LedgerOutcomes.Started) { Rollout = LedgerDraft.OwnOrdinal }, by, Noon.AddMinutes(number));
        var open = chain.With(started);
        return number == rollouts ? open : open.With(open.Seal(new(LedgerActions.Deploy, LedgerOutcomes.RolledBack) { Rollout = started.Ordinal }, by, Noon.AddMinutes(number)));
    });
}
