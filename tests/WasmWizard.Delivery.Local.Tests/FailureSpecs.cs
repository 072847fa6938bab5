using WasmWizard.Delivery.Local.Tests.Fixtures;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Probes;
using WasmWizard.Delivery.Rollouts;

namespace WasmWizard.Delivery.Local.Tests;

/// <summary>Whatever fails, what served before serves, and the next deploy converges.</summary>
[Trait("suite", "complete")]
[Collection(Deployments.Name)]
public sealed class FailureSpecs(PublishedService service)
{
    private static readonly string[] Steps =
        ["unpack", "back-up", "migrate", "probe-key", "front", "start", "probe", "take-over", "environment", "drain", "tag", "prune"];

    /// <summary>Every step fails when it is looked at; those that have something to do at a first deploy fail after they did it as well.</summary>
    public static TheoryData<string, bool> StepsOfAFirstDeploy() => Cases(["unpack", "migrate", "probe-key", "front", "start", "take-over", "environment", "tag"]);

    [Theory]
    [InlineData("MAX_QUEUE", "many", "probe-key")]
    [InlineData("SSL_CERT_PATH", "certificate.pem", "start")]
    public async Task A_release_that_does_not_start_leaves_the_previous_one_serving_and_tells_its_last_words(string variable, string value, string step)
    {
        using var place = new Place();
        var good = await service.Release("good");
        await place.Deploy(good);

        var outcome = Place.Is<RolloutOutcome.RolledBack>(await place.Deploy(await service.Release("bad", (variable, value))));

        Assert.Equal(step, outcome.Failure.Step);
        Assert.Contains("exit code 2", outcome.Failure.Reason, StringComparison.Ordinal);
        Assert.Contains(variable, outcome.Failure.Reason, StringComparison.Ordinal);
        await AssertServes(place, good);
    }

    [Fact]
    public async Task A_release_that_is_never_ready_leaves_the_previous_one_serving()
    {
        using var place = new Place();
        var good = await service.Release("good");
        await place.Deploy(good);
        place.Options = options => options with { ReadyWithin = TimeSpan.FromSeconds(2) };

        var outcome = await place.Deploy(await service.WithSecondMigration(admitted: false));

        var failure = Place.Is<RolloutOutcome.RolledBack>(outcome).Failure;
        Assert.Equal(4, ExitCodes.Of(outcome));
        Assert.Equal("probe", failure.Step);
        Assert.Contains(PublishedService.NextMigration, failure.Reason, StringComparison.Ordinal);
        await AssertServes(place, good);
    }

    [Fact]
    public async Task A_release_that_is_ready_and_executes_nothing_gets_no_requests()
    {
        using var place = new Place();
        var good = await service.Release("good");
        await place.Deploy(good);
        place.Options = options => options with { ReadyWithin = TimeSpan.FromSeconds(2) };

        var outcome = await place.Deploy(await service.Release("bad", ("MAX_WASM_SIZE", "16")));

        Assert.Contains("413", Place.Is<RolloutOutcome.RolledBack>(outcome).Failure.Reason, StringComparison.Ordinal);
        await AssertServes(place, good);
    }

    [Fact]
    public async Task A_first_release_that_fails_is_taken_down_again()
    {
        using var place = new Place();

        var outcome = await place.Deploy(await service.Release("bad", ("MAX_QUEUE", "many")));

        Assert.Null(Place.Is<RolloutOutcome.RolledBack>(outcome).To);
        Assert.Empty(place.Processes());
        Place.Is<RolloutOutcome.Healthy>(await place.Deploy(await service.Release("good")));
    }

    [Fact]
    public async Task A_second_migration_is_backed_up_applied_once_and_rolled_back_over()
    {
        using var place = new Place();
        var first = await service.Release("first");
        var second = await service.WithSecondMigration();
        await place.Deploy(first);

        Place.Is<RolloutOutcome.Healthy>(await place.Deploy(second));
        Assert.Single(Directory.GetFiles(place.State.Backups, "*.db"));

        Place.Is<RolloutOutcome.Healthy>(await place.Rollback());
        await AssertServes(place, first);
        Place.Is<RolloutOutcome.Healthy>(await place.Deploy(second));
        Assert.Single(Directory.GetFiles(place.State.Backups, "*.db"));
    }

    [Theory]
    [MemberData(nameof(StepsOfAFirstDeploy))]
    public async Task A_first_deploy_that_fails_at_any_step_is_undone_and_the_next_one_converges(string failing, bool afterTheAct)
    {
        using var place = new Place();
        var wanted = await service.Release("first");

        var outcome = await FailAt(place, wanted, failing, afterTheAct);

        await AssertEnd(place, outcome, wanted, before: null);
        Place.Is<RolloutOutcome>(await place.Deploy(wanted));
        await AssertServes(place, wanted);
    }

    [Fact]
    public async Task A_later_deploy_that_fails_at_any_step_leaves_the_previous_one_serving()
    {
        using var place = new Place();
        var before = await service.Release("before");
        Place.Is<RolloutOutcome.Healthy>(await place.Deploy(before));
        var number = 0;
        foreach (var (failing, afterTheAct) in Cases(["unpack", "start", "take-over", "environment", "drain", "tag"]).Select(row => ((string)row[0], (bool)row[1])))
        {
            var wanted = await service.Release("next", ("MAX_QUEUE", $"{100 + number++}"));

            var outcome = await FailAt(place, wanted, failing, afterTheAct);

            await AssertEnd(place, outcome, wanted, before);
            Place.Is<RolloutOutcome>(await place.Deploy(before));
            await AssertServes(place, before);
        }
    }

    [Theory]
    [InlineData("back-up", false)]
    [InlineData("back-up", true)]
    [InlineData("migrate", false)]
    [InlineData("migrate", true)]
    public async Task A_migration_that_fails_on_either_side_is_gone_over_by_the_next_deploy(string failing, bool afterTheAct)
    {
        using var place = new Place();
        var before = await service.Release("before");
        var wanted = await service.WithSecondMigration();
        await place.Deploy(before);

        Place.Is<RolloutOutcome.RolledBack>(await FailAt(place, wanted, failing, afterTheAct));

        await AssertServes(place, before);
        Place.Is<RolloutOutcome.Healthy>(await place.Deploy(wanted));
        await AssertServes(place, wanted);
    }

    [Fact]
    public async Task A_cancelled_deploy_is_undone()
    {
        using var place = new Place();
        var before = await service.Release("before");
        await place.Deploy(before);
        var wanted = await service.Release("wanted");
        using var cancel = new CancellationTokenSource();
        using var target = place.Target(wanted.Layer);
        var disturbed = new DisturbedTarget(target, async (step, act) =>
        {
            if (step.Id == "start")
                await cancel.CancelAsync();
            await act();
        });

        Place.Is<RolloutOutcome.Cancelled>(await place.Runner(disturbed).Deploy(wanted.Release, null, cancel.Token));

        await AssertServes(place, before);
        Assert.Null(await place.Locks.Read(default));
    }

    private static TheoryData<string, bool> Cases(string[] acting)
    {
        var cases = new TheoryData<string, bool>();
        foreach (var step in Steps)
        {
            cases.Add(step, false);
            if (acting.Contains(step))
                cases.Add(step, true);
        }

        return cases;
    }

    private static async Task<RolloutOutcome> FailAt(Place place, Deliverable wanted, string failing, bool afterTheAct)
    {
        using var target = place.Target(wanted.Layer);
        var disturbed = new DisturbedTarget(
            target,
            async (step, act) =>
            {
                await act();
                if (step.Id == failing && afterTheAct)
                    throw new StepFailedException("A failure by order, after the act.");
            },
            step =>
            {
                if (step.Id == failing && !afterTheAct)
                    throw new StepFailedException("A failure by order, at the look.");
            });
        return await place.Runner(disturbed).Deploy(wanted.Release, null, CancellationToken.None);
    }

    private static async Task AssertEnd(Place place, RolloutOutcome outcome, Deliverable wanted, Deliverable? before)
    {
        // What fails after the environment step is housekeeping, which a healthy release is not undone for.
        if (outcome is RolloutOutcome.Healthy healthy)
        {
            Assert.NotEmpty(healthy.Tolerated);
            await AssertServes(place, wanted, housekeeping: false);
            return;
        }

        Place.Is<RolloutOutcome.RolledBack>(outcome);
        if (before is null)
            Assert.Empty(place.Processes());
        else
            await AssertServes(place, before);
    }

    private static async Task AssertServes(Place place, Deliverable expected, bool housekeeping = true)
    {
        var observed = await place.Observe();
        Assert.Equal(expected.Release.Id, observed.Serving?.Id);
        if (housekeeping)
            Assert.Empty(observed.Drift);
        using var probe = new ServiceProbe(place.State.ProbeKey);
        var answer = await probe.Ask(observed.Address!, CancellationToken.None);
        Assert.True(answer.IsWell, answer.Observed);
    }
}
