using System.Globalization;
using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Rollouts;
using Xunit.Abstractions;

namespace WasmWizard.Delivery.Kubernetes.Tests;

/// <summary>
/// A pipeline is killed before, or right after, any of its writes; the next one brings the cluster to a whole state, with no unlocking by hand,
/// while what served before serves. A share that a seed draws runs everywhere; WASM_WIZARD_KILLS runs more of them.
/// </summary>
[Trait("suite", "complete")]
public sealed class KillSpecs(ITestOutputHelper output)
{
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("WASM_WIZARD_KILLS") ?? "12", CultureInfo.InvariantCulture);
    private static readonly int Seed = int.Parse(Environment.GetEnvironmentVariable("WASM_WIZARD_SEED") ?? "20260102", CultureInfo.InvariantCulture);

    [Fact]
    public async Task After_a_kill_anywhere_the_next_deployment_converges_and_something_serves_at_every_moment()
    {
        output.WriteLine($"seed {Seed}, {Kills} kills");
        var writes = await WritesOfADeployment();
        var random = new Random(Seed);
        for (var kill = 0; kill < Kills; kill++)
        {
            var (write, isAfter) = (random.Next(1, writes + 1), random.Next(2) == 1);
            await Survives(write, isAfter);
        }
    }

    [Fact]
    public async Task A_holder_that_lost_the_lock_cannot_change_anything_any_more()
    {
        await using var stage = await Stage.Open();
        await stage.Pipeline().Deploy(Stage.Release(1));
        var late = stage.Pipeline("late@host 1");
        var held = Assert.IsType<Locks.LockAttempt.Acquired>(await late.Locks.TryAcquire("late@host 1", "deploy", TimeSpan.FromSeconds(60), default)).Lock;
        var steps = await late.Target.Steps(Stage.Release(2), Ports.Direction.Forward, default);
        stage.Cluster.Advance(TimeSpan.FromSeconds(61));

        Assert.IsType<RolloutOutcome.Healthy>(await stage.Pipeline("new@host 2").Deploy(Stage.Release(3)));
        var refused = await Assert.ThrowsAsync<Ports.StepFailedException>(() => steps.Single(step => step.Id == "roll-out").Act(held.Token, default));

        Assert.Contains("the lock went to somebody else", refused.Message, StringComparison.Ordinal);
        Assert.Equal(3, stage.Cluster.ReadyPods(("wasm-wizard.com/release", Stage.Release(3).Id.ToString())));
    }

    private static async Task<int> WritesOfADeployment()
    {
        await using var stage = await Stage.Open();
        await stage.Pipeline().Deploy(Stage.Release(1));
        var before = stage.Server.Faults.Writes;
        await stage.Pipeline().Deploy(Stage.Release(2));
        return stage.Server.Faults.Writes - before;
    }

    private static async Task Survives(int write, bool isAfter)
    {
        var where = $"kill {(isAfter ? "after" : "before")} write {write}, seed {Seed}";
        await using var stage = await Stage.Open();
        Assert.IsType<RolloutOutcome.Healthy>(await stage.Pipeline().Deploy(Stage.Release(1)));
        stage.Cluster.Advance(TimeSpan.FromSeconds(30));
        var least = int.MaxValue;
        stage.Cluster.Watch = () => least = Math.Min(least, stage.Cluster.ReadyPods(("app.kubernetes.io/component", "service")));

        using var killer = new Killer(write, isAfter);
        await stage.Pipeline("killed@host 1", handlers: killer).Deploy(Stage.Release(2));
        Assert.True(killer.IsDead, $"{where}: the pipeline was not killed");
        stage.Cluster.Advance(TimeSpan.FromSeconds(61));
        var outcome = await stage.Pipeline("next@host 2").Deploy(Stage.Release(2));

        Assert.True(outcome is RolloutOutcome.Healthy or RolloutOutcome.Unchanged, $"{where}: {OutcomeText.Of(outcome, "master")}");
        stage.Cluster.Advance(TimeSpan.FromSeconds(60));
        Assert.True(least >= 3, $"{where}: only {least} pods served at some moment");
        Assert.True(stage.Cluster.ReadyPods(("app.kubernetes.io/component", "service")) == 3, $"{where}: not exactly three pods serve");
        Assert.True(stage.Cluster.ReadyPods(("wasm-wizard.com/release", Stage.Release(2).Id.ToString())) == 3, $"{where}: not one release");
        var history = RolloutHistory.Of(await stage.Chain());
        Assert.True(history.Serving == Stage.Release(2).Id && !history.Open.Any(), $"{where}: the ledger tells another story");
        Assert.True(stage.Cluster.Commands.Count(command => command == "migrate") == 1, $"{where}: migrated {string.Join(", ", stage.Cluster.Commands)}");
        Assert.IsType<RolloutOutcome.Unchanged>(await stage.Pipeline("third@host 3").Deploy(Stage.Release(2)));
    }
}

/// <summary>A process that dies at one of its writes: from then on it neither sends nor hears anything.</summary>
internal sealed class Killer(int write, bool isAfter) : DelegatingHandler
{
    private int _writes;

    public bool IsDead { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (IsDead)
            throw new HttpRequestException("the process is dead");
        var counts = request.Method != HttpMethod.Get && !request.RequestUri!.Query.Contains("dryRun", StringComparison.Ordinal)
            && !request.RequestUri.AbsolutePath.EndsWith("selfsubjectaccessreviews", StringComparison.Ordinal) && !request.RequestUri.AbsolutePath.Contains("/proxy", StringComparison.Ordinal);
        IsDead = counts && ++_writes == write;
        if (IsDead && !isAfter)
            throw new HttpRequestException("the process is dead");
        var response = await base.SendAsync(request, cancellationToken);
        return IsDead ? throw new HttpRequestException("the process is dead") : response;
    }
}
