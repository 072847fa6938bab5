using WasmWizard.Delivery.Kubernetes.Simulator.Nodes;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.Rollouts;

namespace WasmWizard.Delivery.Kubernetes.Tests;

/// <summary>What the cluster says about a release that cannot work ends the wait, and the release before serves all the while.</summary>
[Trait("suite", "complete")]
public sealed class FailFastSpecs
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("image", "ImagePullBackOff")]
    [InlineData("crash", "CrashLoopBackOff")]
    [InlineData("never-ready", "Unhealthy")]
    [InlineData("never-starts", "Unhealthy")]
    public async Task A_release_that_cannot_work_is_undone_within_ten_seconds_of_the_first_sign(string fault, string reason)
    {
        await using var stage = await Serving();
        var bad = Stage.Release(2);
        stage.Behave(bad, fault switch
        {
            "image" => new SimulatedImage { IsMissing = true },
            "crash" => new SimulatedImage { CrashesAfter = TimeSpan.FromSeconds(1), Says = ["starting", "fatal: no such column"] },
            "never-ready" => new SimulatedImage { ReadyWithin = null },
            _ => new SimulatedImage { StartsWithin = TimeSpan.FromHours(1) },
        });

        await Refused(stage, bad, reason);
    }

    [Fact]
    public async Task The_last_lines_of_the_pod_stand_in_the_reason()
    {
        await using var stage = await Serving();
        var bad = Stage.Release(2);
        stage.Behave(bad, new SimulatedImage { CrashesAfter = TimeSpan.FromSeconds(1), Says = ["starting", "fatal: no such column"] });

        var outcome = Assert.IsType<RolloutOutcome.RolledBack>(await stage.Pipeline().Deploy(bad));

        Assert.Contains("fatal: no such column", outcome.Failure.Reason, StringComparison.Ordinal);
        Assert.Equal(4, ExitCodes.Of(outcome));
    }

    [Fact]
    public async Task A_pod_that_fits_on_no_node_is_undone_within_ten_seconds()
    {
        await using var stage = await Serving();
        foreach (var node in stage.Cluster.All("Node"))
            stage.Cluster.Change("Node", "", node["metadata"]!["name"]!.GetValue<string>(), whole => whole["status"]!["allocatable"]!["cpu"] = "500m");

        await Refused(stage, Stage.Release(2), "Unschedulable");
    }

    /// <summary>Only one node takes pods, and the last of them finds no room there beside the canary.</summary>
    [Fact]
    public async Task A_rollout_that_gets_stuck_halfway_is_undone_and_something_serves_all_the_while()
    {
        await using var stage = await Serving();
        foreach (var node in stage.Cluster.All("Node").Select(node => node["metadata"]!["name"]!.GetValue<string>()).Skip(1))
            stage.Cluster.Change("Node", "", node, whole => (whole["spec"] ??= new System.Text.Json.Nodes.JsonObject())["unschedulable"] = true);
        var taking = stage.Cluster.All("Node")[0]["metadata"]!["name"]!.GetValue<string>();
        stage.Cluster.Change("Node", "", taking, whole => whole["status"]!["allocatable"]!["cpu"] = "1500m");

        var failure = await Refused(stage, Stage.Release(2), "Unschedulable", within: TimeSpan.FromMinutes(1));

        Assert.Equal("roll-out", failure.Step);
    }

    [Fact]
    public async Task On_the_way_back_what_was_tried_ends_before_pods_come_back()
    {
        await using var stage = await Serving();
        var serving = (await stage.Pipeline().Target.Observe(default)).Serving!;

        var back = (await stage.Pipeline().Target.Steps(serving, Direction.Back, default)).Select(step => step.Id).ToList();

        Assert.Equal(["retire-canary", "roll-out"], back.Where(step => step is "retire-canary" or "roll-out"));
    }

    [Fact]
    public async Task A_quota_that_is_used_up_is_undone_within_ten_seconds()
    {
        await using var stage = await Serving();
        stage.Cluster.Put("ResourceQuota", new()
        {
            ["metadata"] = new System.Text.Json.Nodes.JsonObject { ["name"] = "team", ["namespace"] = Stage.Space },
            ["spec"] = new System.Text.Json.Nodes.JsonObject { ["hard"] = new System.Text.Json.Nodes.JsonObject { ["requests.cpu"] = "1500m" } },
        });

        await Refused(stage, Stage.Release(2), "FailedCreate");
    }

    [Fact]
    public async Task A_migration_that_fails_ends_the_rollout_before_any_pod_is_tried()
    {
        await using var stage = await Stage.Open();
        var bad = Stage.Release(2);
        stage.Behave(bad, new SimulatedImage { FailsToMigrate = true });

        var outcome = Assert.IsType<RolloutOutcome.RolledBack>(await stage.Pipeline().Deploy(bad));

        Assert.Equal("migrate", outcome.Failure.Step);
        Assert.Contains("a column exists already", outcome.Failure.Reason, StringComparison.Ordinal);
        Assert.Null(stage.Cluster.Find("Deployment", Stage.Space, "wasm-wizard"));
    }

    [Fact]
    public async Task A_slow_start_is_no_failure()
    {
        await using var stage = await Serving();
        var slow = Stage.Release(2);
        stage.Behave(slow, new SimulatedImage { StartsWithin = TimeSpan.FromSeconds(6), ReadyWithin = TimeSpan.FromSeconds(1) });

        var outcome = await stage.Pipeline().Deploy(slow);

        Assert.True(outcome is RolloutOutcome.Healthy, OutcomeText.Of(outcome, "master").ToString());
    }

    private static async Task<Stage> Serving()
    {
        var stage = await Stage.Open();
        Assert.IsType<RolloutOutcome.Healthy>(await stage.Pipeline().Deploy(Stage.Release(1)));
        stage.Cluster.Advance(TimeSpan.FromMinutes(1));
        return stage;
    }

    private static async Task<StepFailure> Refused(Stage stage, Release bad, string reason, TimeSpan? within = null)
    {
        var serves = Stage.Release(1).Id.ToString();
        DateTimeOffset? first = null;
        var least = int.MaxValue;
        stage.Cluster.Watch = () =>
        {
            least = Math.Min(least, stage.Cluster.ReadyPods(("wasm-wizard.com/release", serves)));
            if (first is null && Signs(stage))
                first = stage.Cluster.Clock.GetUtcNow();
        };

        var outcome = await stage.Pipeline().Deploy(bad);

        var rolledBack = Assert.IsType<RolloutOutcome.RolledBack>(outcome);
        Assert.Contains(reason, rolledBack.Failure.Reason, StringComparison.Ordinal);
        Assert.Equal(serves, rolledBack.To?.Id.ToString());
        Assert.True(within is null ? least == 3 : least > 0, $"{least} pods of the release that served");
        Assert.NotNull(first);
        Assert.True(stage.Cluster.Clock.GetUtcNow() - first <= (within ?? Most), $"{stage.Cluster.Clock.GetUtcNow() - first} after the first sign");
        Assert.Empty((await stage.Pipeline().Target.Observe(default)).Drift);
        return rolledBack.Failure;
    }

    /// <summary>The cluster's first word about the new release: a warning, or a condition that says no.</summary>
    private static bool Signs(Stage stage) =>
        stage.Cluster.All("Event", Stage.Space).Any(told => told["type"]!.GetValue<string>() == "Warning")
        || stage.Cluster.All("Deployment", Stage.Space).Any(whole => whole.ToJsonString().Contains("ReplicaFailure", StringComparison.Ordinal));
}
