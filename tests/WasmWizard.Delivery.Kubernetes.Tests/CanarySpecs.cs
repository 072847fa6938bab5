using WasmWizard.Delivery.Canary;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Kubernetes.Rollouts;
using WasmWizard.Delivery.Kubernetes.Simulator.Nodes;
using WasmWizard.Delivery.Rollouts;

namespace WasmWizard.Delivery.Kubernetes.Tests;

/// <summary>The first pod of a release is judged by what it answers; silence is no proof.</summary>
public sealed class CanarySpecs
{
    [Theory]
    [InlineData(900, 0, 0, 300, 0, 0, Verdict.Passed)]
    [InlineData(900, 9, 0, 300, 3, 0, Verdict.Passed)]
    [InlineData(900, 0, 0, 300, 30, 0, Verdict.Refused)]
    [InlineData(900, 0, 0, 20, 20, 0, Verdict.Refused)]
    [InlineData(900, 0, 0, 300, 0, 60, Verdict.Refused)]
    [InlineData(900, 0, 90, 300, 0, 50, Verdict.Passed)]
    [InlineData(900, 900, 0, 300, 300, 0, Verdict.Passed)]
    [InlineData(900, 0, 0, 20, 0, 0, Verdict.Inconclusive)]
    [InlineData(0, 0, 0, 300, 0, 0, Verdict.Inconclusive)]
    [InlineData(0, 0, 0, 0, 0, 0, Verdict.Inconclusive)]
    public void Requests_decide(long all, long errors, long slow, long tried, long triedErrors, long triedSlow, Verdict verdict) =>
        Assert.Equal(verdict, CanaryAnalysis.Judge(new(all, errors, slow), new(tried, triedErrors, triedSlow)).Verdict);

    [Fact]
    public void A_pod_that_began_anew_is_counted_from_its_beginning() =>
        Assert.Equal(new TrafficSample(5, 1, 0), new TrafficSample(5, 1, 0).Since(new(100, 3, 2)));

    [Fact]
    public void Health_checks_and_scrapes_are_no_traffic()
    {
        var sample = PodTraffic.Read("""
            # TYPE wasm_wizard_http_requests_total counter
            wasm_wizard_http_requests_total{method="POST",route="/api/execute",status="200"} 90
            wasm_wizard_http_requests_total{method="POST",route="/api/execute",status="503"} 10
            wasm_wizard_http_requests_total{method="GET",route="/health/ready",status="503"} 7
            wasm_wizard_http_requests_total{method="GET",route="/metrics",status="200"} 7
            wasm_wizard_http_request_duration_seconds_bucket{method="POST",route="/api/execute",status="200",le="0.2"} 80
            wasm_wizard_http_request_duration_seconds_bucket{method="POST",route="/api/execute",status="200",le="+Inf"} 100
            wasm_wizard_http_request_duration_seconds_count{method="POST",route="/api/execute",status="200"} 100
            garbage{route="/api/execute"} NaN
            """);

        Assert.Equal(new TrafficSample(100, 10, 20), sample);
    }

    [Fact]
    public async Task A_canary_that_answers_errors_is_refused_and_the_others_never_change()
    {
        await using var stage = await Serving();
        stage.Behave(Stage.Release(2), new SimulatedImage { ErrorShare = 0.2 });

        var outcome = Assert.IsType<RolloutOutcome.RolledBack>(await stage.Pipeline().Deploy(Stage.Release(2)));

        Assert.Equal("judge", outcome.Failure.Step);
        Assert.Contains("The canary is refused: canary", outcome.Failure.Reason, StringComparison.Ordinal);
        Assert.Equal(1, (await stage.Chain()).Entries.Count(entry => entry is { Step: "roll-out", Outcome: "intent" }));
    }

    [Fact]
    public async Task A_canary_that_executes_wrongly_is_refused_without_waiting_for_traffic()
    {
        await using var stage = await Serving();
        stage.Behave(Stage.Release(2), new SimulatedImage { ExecutesWrongly = true });

        var outcome = Assert.IsType<RolloutOutcome.RolledBack>(await stage.Pipeline().Deploy(Stage.Release(2)));

        Assert.Equal("judge", outcome.Failure.Step);
        Assert.Contains("the probe's module", outcome.Failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_canary_without_traffic_is_told_as_inconclusive()
    {
        await using var stage = await Serving(traffic: 0);

        Assert.IsType<RolloutOutcome.Healthy>(await stage.Pipeline().Deploy(Stage.Release(2)));

        Assert.Contains((await stage.Chain()).Entries, entry => entry.Step == "judge" && entry.Detail!.StartsWith("Inconclusive: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_good_canary_under_traffic_passes()
    {
        await using var stage = await Serving();

        Assert.IsType<RolloutOutcome.Healthy>(await stage.Pipeline().Deploy(Stage.Release(2)));

        Assert.Contains((await stage.Chain()).Entries, entry => entry.Step == "judge" && entry.Detail!.StartsWith("Passed: ", StringComparison.Ordinal));
    }

    private static async Task<Stage> Serving(double traffic = 200)
    {
        var stage = await Stage.Open();
        Assert.IsType<RolloutOutcome.Healthy>(await stage.Pipeline().Deploy(Stage.Release(1)));
        stage.Cluster.Traffic = traffic;
        return stage;
    }
}
