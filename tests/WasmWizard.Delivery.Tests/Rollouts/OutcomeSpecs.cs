using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Rollouts;
using WasmWizard.Delivery.Testing;

namespace WasmWizard.Delivery.Tests.Rollouts;

public class OutcomeSpecs
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly ToleratedFailure Tolerated = new("prune", "busy");
    private static readonly StepFailure Failure = new("start", "exit code 1");

    private static readonly (RolloutOutcome Outcome, int Exit, string Id, string Text)[] Table =
    [
        (new RolloutOutcome.Healthy(TestReleases.Number(1), 1, InMemoryTarget.Address, [Tolerated]), 0, "WW3000",
            "WW3000 release 271c9f8b75e8 (1.1.0) is healthy; 1 tolerated: prune: busy\n  so: it serves at http://127.0.0.1:8095/\n  next: ./build.sh Status --branch research"),
        (new RolloutOutcome.Healthy(TestReleases.Number(1), 1, null, []), 0, "WW3000",
            "WW3000 release 271c9f8b75e8 (1.1.0) is healthy\n  so: it serves\n  next: ./build.sh Status --branch research"),
        (new RolloutOutcome.Unchanged(TestReleases.Number(1)), 0, "WW3001",
            "WW3001 release 271c9f8b75e8 (1.1.0) serves already and everything is as wanted\n  so: nothing was changed\n  next: ./build.sh Status --branch research"),
        (new RolloutOutcome.Unchanged(null), 0, "WW3001",
            "WW3001 nothing serves already\n  so: nothing was changed\n  next: ./build.sh Deploy --branch research"),
        (new RolloutOutcome.Stopped(4), 0, "WW3002",
            "WW3002 the environment is stopped\n  so: nothing serves; data and releases are kept\n  next: ./build.sh Deploy --branch research"),
        (new RolloutOutcome.Refused([new Fault("WW3101", "port taken", "a free port", "free it"), new Fault("WW3102", "disk full", "60 MiB", "make room")]), 2, "WW3010",
            "WW3010 2 things stand in the way: WW3101 port taken; WW3102 disk full\n  required: a free port; 60 MiB\n  so: nothing was changed\n  next: free it; make room"),
        (new RolloutOutcome.PlanChanged("abc", new Plan(EnvironmentName.Research, "deploy", null, null, [])), 3, "WW3011", "required: the plan abc that was agreed to"),
        (new RolloutOutcome.LockHeld(new DeploymentLock("ada@host 42", Noon, TimeSpan.FromSeconds(60), Noon, new FencingToken(1), "deploy x")), 6, "WW3012",
            "WW3012 ada@host 42 holds the lock since 2026-01-02 12:00:00Z (deploy x), renewed 2026-01-02 12:00:00Z, lease 60 s\n  required: the lock\n  so: nothing was changed\n  next: wait, or when that holder is known to be gone: ./build.sh Unlock --branch research"),
        (new RolloutOutcome.Frozen(LedgerChain.Empty.Seal(new LedgerDraft(LedgerActions.Freeze, LedgerOutcomes.Done) { Detail = "the disk is full" }, "ada@host 42", Noon)), 3, "WW3014",
            "WW3014 ada@host 42 holds deployments back since 2026-01-02 12:00:00Z: the disk is full\n  required: an open line"),
        (new RolloutOutcome.NotStarted("no answer"), 4, "WW3013", "so: nothing was changed; what served before serves"),
        (new RolloutOutcome.RolledBack(TestReleases.Number(2), TestReleases.Number(1), Failure, []), 4, "WW3020", "so: rolled back: release 271c9f8b75e8 (1.1.0) serves"),
        (new RolloutOutcome.RolledBack(TestReleases.Number(2), null, Failure, [Tolerated]), 4, "WW3020", "so: taken down again: nothing serves, as before"),
        (new RolloutOutcome.Cancelled(null), 130, "WW3021", "so: nothing was changed"),
        (new RolloutOutcome.Cancelled("start"), 130, "WW3021", "WW3021 cancelled at step start\n  so: what had been changed is undone"),
        (new RolloutOutcome.Stuck(Failure, new StepFailure("take-over", "refused")), 5, "WW3030", "start failed: exit code 1; then on the way back step take-over failed: refused"),
        (new RolloutOutcome.Stuck(Failure, null), 5, "WW3030", "so: left as it is"),
        (new RolloutOutcome.LockLost(3), 5, "WW3031", "so: stopped at once, nothing was undone"),
    ];

    [Fact]
    public void Every_outcome_has_its_exit_code_and_words()
    {
        foreach (var (outcome, exit, id, text) in Table)
        {
            var words = OutcomeText.Of(outcome, "research");
            Assert.Equal(exit, ExitCodes.Of(outcome));
            Assert.Equal(id, words.Id);
            Assert.Contains(text, words.ToString(), StringComparison.Ordinal);
            Assert.NotEmpty(words.Observed);
            Assert.NotEmpty(words.Consequence);
            Assert.NotEmpty(words.Next);
        }
    }

    [Fact]
    public void No_kind_of_outcome_is_forgotten() => Assert.Equal(
        typeof(RolloutOutcome).GetNestedTypes().Select(type => type.Name).Order(),
        Table.Select(row => row.Outcome.GetType().Name).Distinct().Order());

    [Fact]
    public void A_lease_and_a_way_back_need_time()
    {
        var options = new RolloutOptions { Environment = EnvironmentName.Research, Branch = "research", Holder = "ada" };

        Assert.Equal(TimeSpan.FromSeconds(60), options.Lease);
        Assert.Equal(TimeSpan.FromMinutes(5), options.UndoTime);
        Assert.Throws<ArgumentOutOfRangeException>(() => options with { Lease = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => options with { UndoTime = TimeSpan.FromSeconds(-1) });
    }
}
