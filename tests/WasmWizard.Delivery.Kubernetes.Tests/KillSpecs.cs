using System.Globalization;
using WasmWizard.Delivery.Kubernetes.State;
using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Rollouts;
using WasmWizard.Delivery.Testing;
using Xunit.Abstractions;

namespace WasmWizard.Delivery.Kubernetes.Tests;

/// <summary>
/// A pipeline is killed before, or right after, any of its writes; the next one brings the cluster to a whole state, with no unlocking by hand,
/// while what served before serves. Up to four deploys of one release are killed in a row. WASM_WIZARD_KILLS are killed in all
/// (default 200), on clusters whose kills the seeds from WASM_WIZARD_SEED on draw.
/// </summary>
[Trait("suite", "complete")]
public sealed class KillSpecs(ITestOutputHelper output)
{
    /// <summary>Deploys that are killed on one cluster before the next gets a fresh one.</summary>
    private const int OnOneCluster = 10;

    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("WASM_WIZARD_KILLS") ?? "200", CultureInfo.InvariantCulture);
    private static readonly int Seed = int.Parse(Environment.GetEnvironmentVariable("WASM_WIZARD_SEED") ?? "20260102", CultureInfo.InvariantCulture);

    [Fact]
    public async Task After_a_kill_anywhere_the_next_deployment_converges_and_something_serves_at_every_moment()
    {
        var writes = await WritesOfADeployment();
        var (killed, converged) = (0, 0);
        for (var seed = Seed; killed < Kills; seed++)
        {
            var random = new Random(seed);
            await using var stage = await Serving();
            var (least, migrated) = (int.MaxValue, 1);
            stage.Cluster.Watch = () => least = Math.Min(least, stage.Cluster.ReadyPods(("app.kubernetes.io/component", "service")));
            var until = Math.Min(Kills, killed + OnOneCluster);
            for (var number = 2; killed < until; number += 2)
            {
                var story = new List<string> { $"seed {seed}, release {number}" };
                for (var burst = random.Next(1, Math.Min(5, until - killed + 1)); burst > 0; burst--)
                    await Kill(stage, number, random.Next(1, writes + 1), random.Next(2) == 1, story);
                killed += story.Count - 1;

                // Its own, or the next one with the same schema.
                var where = string.Join(", ", story);
                await Converges(stage, Release(number + (random.Next(4) / 3), number), where);
                Assert.True(least >= 3, $"{where}: only {least} pods served at some moment");

                // A Job whose end nobody heard of runs again, and finds nothing to apply; none runs again for anything else.
                var runs = stage.Cluster.Commands.Count(command => command == "migrate") - migrated;
                Assert.True(runs >= 1 && runs <= story.Count, $"{where}: migrate ran {runs} times");
                migrated += runs;
                converged++;
            }
        }

        output.WriteLine($"seed {Seed}: {killed} deploys killed at {writes} writes, {converged} times converged");
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
        await using var stage = await Serving();
        var before = stage.Server.Faults.Writes;
        await Pipeline(stage, "ada@host 1").Deploy(Release(2, 2));
        return stage.Server.Faults.Writes - before;
    }

    private static Releases.Release Release(int number, int migrations) => Stage.Release(number, migrations);

    private static Pipeline Pipeline(Stage stage, string holder, params DelegatingHandler[] handlers) =>
        stage.Pipeline(holder, backups: new MemoryBackups { IsEmpty = false }, handlers: handlers);

    private static async Task<Stage> Serving()
    {
        var stage = await Stage.Open();
        Assert.IsType<RolloutOutcome.Healthy>(await Pipeline(stage, "first@host 1").Deploy(Release(1, 1)));
        stage.Cluster.Advance(TimeSpan.FromSeconds(30));
        return stage;
    }

    /// <summary>Tells of a death only: a deploy that others had almost done may end before it.</summary>
    private static async Task Kill(Stage stage, int number, int write, bool isAfter, List<string> story)
    {
        using var killer = new Killer(write, isAfter);
        var outcome = await Pipeline(stage, "killed@host 1", killer).Deploy(Release(number, number));
        if (killer.IsDead)
            story.Add($"killed {(isAfter ? "after" : "before")} write {write}");
        else
            Assert.True(outcome is RolloutOutcome.Healthy or RolloutOutcome.Unchanged, $"{string.Join(", ", story)}: {OutcomeText.Of(outcome, "master")}");
        stage.Cluster.Advance(TimeSpan.FromSeconds(61));
    }

    private static async Task Converges(Stage stage, Releases.Release wanted, string where)
    {
        var outcome = await Pipeline(stage, "next@host 2").Deploy(wanted);

        Assert.True(outcome is RolloutOutcome.Healthy or RolloutOutcome.Unchanged, $"{where}: {OutcomeText.Of(outcome, "master")}");
        stage.Cluster.Advance(TimeSpan.FromSeconds(30));
        Assert.True(stage.Cluster.ReadyPods(("app.kubernetes.io/component", "service")) == 3, $"{where}: not exactly three pods serve");
        Assert.True(stage.Cluster.ReadyPods(("wasm-wizard.com/release", wanted.Id.ToString())) == 3, $"{where}: not one release");
        var history = RolloutHistory.Of(await stage.Chain());
        Assert.True(history.Serving == wanted.Id && !history.Open.Any(), $"{where}: the ledger tells another story");
        var schema = await SchemaRecord.Read(stage.Api(), Stage.Space, default);
        Assert.True(schema.Migrations.SequenceEqual(wanted.Migrations), $"{where}: the schema has {string.Join(", ", schema.Migrations)}");
        Assert.IsType<RolloutOutcome.Unchanged>(await Pipeline(stage, "third@host 3").Deploy(wanted));
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
            throw new ProcessDiedException("the pipeline");
        var counts = request.Method != HttpMethod.Get && !request.RequestUri!.Query.Contains("dryRun", StringComparison.Ordinal)
            && !request.RequestUri.AbsolutePath.EndsWith("selfsubjectaccessreviews", StringComparison.Ordinal) && !request.RequestUri.AbsolutePath.Contains("/proxy", StringComparison.Ordinal);
        IsDead = counts && ++_writes == write;
        if (IsDead && !isAfter)
            throw new ProcessDiedException("the pipeline");
        var response = await base.SendAsync(request, cancellationToken);
        return IsDead ? throw new ProcessDiedException("the pipeline") : response;
    }
}
