using System.Text;
using WasmWizard.Delivery.Kubernetes;
using WasmWizard.Delivery.Kubernetes.Manifests;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.Rollouts;

namespace WasmWizard.Delivery.Rehearsal;

/// <summary>Deploys a release to simulated clusters, one for each fault. Equal seeds give equal rehearsals.</summary>
public sealed class Rehearsal(ClusterSettings settings, int seed)
{
    private const double RequestsPerSecond = 100;

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(61);
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(60);

    /// <summary>A release that has never been: the strategy's variables, and a digest that says what it is.</summary>
    public Release Sample(string name)
    {
        var variables = settings.Environment.Variables;
        return KubernetesRelease.Of(
            new()
            {
                Version = $"0.0.0-rehearsal.{name}",
                Commit = new string('0', 40),
                Tree = new string('0', 40),
                Digest = Digest.Of(Encoding.UTF8.GetBytes($"rehearsal of {name}")),
                Config = ConfigHash.Of(variables),
                Variables = variables,
                Migrations = ["0001_rehearsal"],
            },
            settings);
    }

    public async Task<RehearsalResult> Run(RehearsedFault fault, CancellationToken cancellation)
    {
        await using var stage = await RehearsedCluster.Open(settings);
        var (before, next) = (Sample("before"), Sample("next"));
        var first = await stage.Pipeline("rehearsal 0", new Telling(_ => { })).Deploy(before, null, cancellation);
        if (first is not RolloutOutcome.Healthy)
            throw new InvalidOperationException($"The rehearsal could not begin: {OutcomeText.Of(first, settings.Environment.Branch)}");
        stage.Cluster.Advance(Settled);
        stage.Cluster.Traffic = RequestsPerSecond;
        var random = new Random(seed);
        var began = stage.Cluster.Clock.GetUtcNow();
        var timeline = new List<RehearsalMoment>();
        void Tell(string kind, string text)
        {
            lock (timeline)
                timeline.Add(new(stage.Cluster.Clock.GetUtcNow() - began, kind, text));
        }

        var least = int.MaxValue;
        stage.Cluster.Watch = () => least = Math.Min(least, stage.Serving());

        stage.Server.Struck = text => Tell("bad", text);
        fault.Arrange(stage, next, random);
        var outcome = fault switch
        {
            { KillsThePipeline: true } => await Killed(stage, next, random, Tell, cancellation),
            { ChangesAfterPreview: true } => await Changed(stage, next, Tell, cancellation),
            _ => await stage.Pipeline("rehearsal 1", new Telling(said => Hear(said, Tell))).Deploy(next, null, cancellation),
        };
        var text = OutcomeText.Of(outcome, settings.Environment.Branch).ToString();
        Tell(ExitCodes.Of(outcome) == 0 ? "good" : "plain", text);
        var met = stage.Server.Faults.Met;
        stage.Cluster.Advance(Settled);
        var users = stage.Cluster.Users;
        return new(
            fault, text, ExitCodes.Of(outcome), timeline, least, (long)users.Answered, (long)users.Unanswered, met, stage.Server.Requests,
            [.. Lacks(fault, ExitCodes.Of(outcome), least, users.Unanswered, stage, fault.ExitCode == 0 ? next : before)]);
    }

    private static async Task<RolloutOutcome> Killed(RehearsedCluster stage, Release next, Random random, Action<string, string> tell, CancellationToken cancellation)
    {
        using var kill = new KillingHandler(random.Next(5, 45));
        await stage.Pipeline("rehearsal 1", new Telling(said =>
        {
            if (!kill.IsDead)
                Hear(said, tell);
        }), kill).Deploy(next, null, cancellation);
        tell("bad", $"the pipeline is killed right after its write number {kill.At}; the lock stays behind until its lease is over");
        stage.Cluster.Advance(Lease);
        return await stage.Pipeline("rehearsal 2", new Telling(said => Hear(said, tell))).Deploy(next, null, cancellation);
    }

    private static async Task<RolloutOutcome> Changed(RehearsedCluster stage, Release next, Action<string, string> tell, CancellationToken cancellation)
    {
        var pipeline = stage.Pipeline("rehearsal 1", new Telling(said => Hear(said, tell)));
        var (plan, _) = await pipeline.Preview(next, cancellation);
        tell("plain", $"Preview shows the plan {plan!.Hash[..12]}");
        stage.Cluster.Change("PodDisruptionBudget", stage.Space, Names.Product, budget => budget["spec"]!["maxUnavailable"] = 3);
        tell("bad", "somebody lets three pods be taken away at once, by hand");
        return await pipeline.Deploy(next, plan.Hash, cancellation);
    }

    private static IEnumerable<string> Lacks(RehearsedFault fault, int exitCode, int least, double unanswered, RehearsedCluster stage, Release expected)
    {
        if (exitCode != fault.ExitCode)
            yield return $"exit code {exitCode}; required: {fault.ExitCode}";
        if (least < 3)
            yield return $"{least} pods served in the worst moment; required: 3";
        if (unanswered > 0)
            yield return $"{unanswered:0} requests found no pod; required: none";
        if (stage.Serving(expected) != stage.Serving())
            yield return $"{stage.Serving(expected)} of {stage.Serving()} pods run {expected.Version}; required: all";
    }

    private static void Hear(RolloutEvent said, Action<string, string> tell)
    {
        switch (said)
        {
            case RolloutEvent.LockTaken { Superseded: { } dead }:
                tell("bad", $"the lock of {dead.Holder} is taken over: its lease is over");
                break;
            case RolloutEvent.InterruptedFound found:
                tell("bad", $"a {found.Rollout.Action} of {found.Rollout.By} did not end; going on from what is observed");
                break;
            case RolloutEvent.StepActing acting:
                tell("plain", $"{acting.Step}: {Short(acting.Change)}");
                break;
            case RolloutEvent.StepDone done:
                tell("plain", $"{done.Step}: {done.Fact}");
                break;
            case RolloutEvent.StepFailed failed:
                tell("bad", $"{failed.Step}: {failed.Reason}{(failed.Tolerated ? " (tolerated)" : "")}");
                break;
            case RolloutEvent.Undoing undoing:
                tell("bad", $"going back to {undoing.To?.Version ?? "nothing"}");
                break;
        }
    }

    private static string Short(string change) => change.Length > 160 ? change[..160] + "…" : change;

    private sealed class Telling(Action<RolloutEvent> hear) : IProgress<RolloutEvent>
    {
        public void Report(RolloutEvent value) => hear(value);
    }
}
