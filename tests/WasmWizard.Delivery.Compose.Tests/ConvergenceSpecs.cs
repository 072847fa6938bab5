using System.Diagnostics;
using System.Globalization;
using WasmWizard.Delivery.Compose.Tests.Fixtures;
using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Releases;
using WasmWizard.Delivery.Rollouts;
using Xunit.Abstractions;

namespace WasmWizard.Delivery.Compose.Tests;

/// <summary>A step fails, or pipelines are killed: what served before serves, and the next deploy converges with no manual unlock.</summary>
[Collection(OneEngine.Name)]
[Trait("suite", "complete")]
public sealed class ConvergenceSpecs(StagingEngine engine, ITestOutputHelper output)
{
    /// <summary>Points to be killed at: after the first of a deploy's events, which tells that the lock is taken, up to the last one of the shortest deploy.</summary>
    private const int Events = 22;

    /// <summary>How the system tells the end of a process by SIGKILL.</summary>
    private const int Killed = 128 + 9;

    /// <summary>A deploy that is killed may be the one that would have put right what the one before left.</summary>
    private const int MostInARow = 4;

    /// <summary>100 and more for a campaign.</summary>
    private static readonly int Kills = Number("WASM_WIZARD_KILLS") ?? 20;

    /// <summary>Steps that fail, chosen by the seed; 7 are all.</summary>
    private static readonly int Failures = Number("WASM_WIZARD_FAILURES") ?? 2;

    private static readonly int Seed = Number("WASM_WIZARD_SEED") ?? 1;

    [EngineFact]
    public async Task A_release_that_does_not_come_up_or_a_step_that_fails_leaves_the_one_before_serving_with_4()
    {
        var staging = await engine.StandingAsync();
        var good = (await staging.Staging.Target.Observe(CancellationToken.None)).Serving!;

        var ends = await staging.Staging.Deploy(await staging.ReleaseAsync("ends", new Dictionary<string, string> { ["MAX_QUEUE"] = "many" }));
        Assert.Contains("MAX_QUEUE", OutcomeText.Of(ends, "development").ToString(), StringComparison.Ordinal);
        Assert.Contains("ended while it started", OutcomeText.Of(ends, "development").ToString(), StringComparison.Ordinal);
        await AssertLeftAsItWas(staging, good, ends, "a release that ends at its start");

        using var impatient = new Staging(staging.Place, staging.Events.Enqueue, options => options with { ReadyWithin = TimeSpan.FromSeconds(3) });
        var silent = await impatient.Deploy(await staging.ReleaseAsync("silent", null, "ENTRYPOINT [\"/bin/none\"]"));
        await AssertLeftAsItWas(staging, good, silent, "a release without its program");

        string[] steps = ["image", "configuration", "back-up", "start", "probe", "take-over", "environment"];
        var chosen = new Random(Seed).GetItems(steps, steps.Length).Distinct().Concat(steps).Distinct().Take(Failures).ToList();
        output.WriteLine($"seed {Seed}: {string.Join(", ", chosen)} fail");
        var wanted = await staging.ReleaseAsync("wanted");
        foreach (var step in chosen)
        {
            var outcome = await staging.Staging.RunnerOf(new FailingTarget(staging.Staging.Target, step, wanted.Id), staging.Events.Enqueue).Deploy(wanted, null, CancellationToken.None);

            await AssertLeftAsItWas(staging, good, outcome, step);
        }
    }

    [EngineFact]
    public async Task After_pipelines_were_killed_anywhere_the_next_deploy_converges_and_no_request_was_lost_meanwhile()
    {
        var staging = await engine.StandingAsync();
        output.WriteLine($"seed {Seed}, {Kills} kills");
        var random = new Random(Seed);
        var (variant, kills, deploys) = (0, 0, 0);
        await using var load = new Load(staging.Place, await staging.Staging.ProbeKey(), kept: 2, fresh: 1, TimeSpan.FromMilliseconds(100));
        while (kills < Kills)
        {
            var points = new List<int>();
            for (var row = Math.Min(random.Next(MostInARow) + 1, Kills - kills); points.Count < row;)
            {
                variant = (variant + 1 + random.Next(2)) % 3;
                var point = 1 + random.Next(Events);
                if (await KilledAfter(staging, await staging.ReleaseAsync($"variant {variant}"), point))
                    points.Add(point);
            }

            kills += points.Count;
            deploys++;
            variant = (variant + random.Next(2)) % 3;
            var next = await staging.ReleaseAsync($"variant {variant}");
            var outcome = await staging.Staging.Deploy(next);

            var what = $"{kills}: killed after event {string.Join(", then ", points)}, then {outcome.GetType().Name}";
            output.WriteLine(what);
            Assert.True(ExitCodes.Of(outcome) == 0, $"{what}: {OutcomeText.Of(outcome, "development")}{Environment.NewLine}{string.Join(Environment.NewLine, staging.Events.TakeLast(30))}");
            await DeploySpecs.AssertServes(staging, next);
            Assert.Null(await staging.Staging.Locks.Read(CancellationToken.None));
            Assert.Empty(RolloutHistory.Of(await staging.Staging.Chain()).Open);
        }

        await load.End();
        output.WriteLine($"{kills} deploys killed, {deploys} of {deploys} deploys afterwards converged, {load.Answers} answers meanwhile, {load.Failures.Count} failures, {load.Reconnections} reconnections");
        Assert.Empty(load.Failures);
        Assert.Equal(0, load.Reconnections);
        Assert.True(load.Answers > kills, "The load must have been answered at all.");
    }

    private static async Task AssertLeftAsItWas(StagingEnvironment staging, Release good, RolloutOutcome outcome, string what)
    {
        Assert.True(ExitCodes.Of(outcome) == 4, $"{what}: {OutcomeText.Of(outcome, "development")}");
        await DeploySpecs.AssertServes(staging, good);
        Assert.Null(await staging.Staging.Locks.Read(CancellationToken.None));
    }

    /// <summary>False when it ended before it was killed; it is then to have ended well.</summary>
    private static async Task<bool> KilledAfter(StagingEnvironment staging, Release wanted, int point)
    {
        var place = Path.Combine(staging.Place.Root, "place.json");
        await File.WriteAllTextAsync(place, staging.Place.Write());
        var release = Path.Combine(staging.Place.Root, "release.json");
        await File.WriteAllTextAsync(release, ReleaseJson.Write(wanted));
        using var pipeline = Process.Start(new ProcessStartInfo(Path.Combine(Paths.DotnetRoot, "dotnet"), ["exec", Paths.Driver, place, release])
        {
            RedirectStandardOutput = true,
            // It lives for seconds: half of its processor time would go into compiling a second time, better, what it never uses again.
            Environment = { ["DOTNET_TC_CallCounting"] = "0" },
        })!;
        var said = new List<string>();
        while (said.Count < point && await pipeline.StandardOutput.ReadLineAsync() is { } line)
            said.Add(line);
        pipeline.Kill();
        await pipeline.WaitForExitAsync();
        if (pipeline.ExitCode == Killed)
            return true;
        Assert.True(pipeline.ExitCode == 0, $"the pipeline ended by itself with {pipeline.ExitCode}: {string.Join(Environment.NewLine, said)}");
        return false;
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>The target with one step of one release that fails when it is done.</summary>
    private sealed class FailingTarget(IRolloutTarget target, string failing, ReleaseId release) : IRolloutTarget
    {
        public Task<IReadOnlyList<Fault>> Preflight(Release wanted, CancellationToken cancellation) => target.Preflight(wanted, cancellation);

        public Task Fence(FencingToken token, CancellationToken cancellation) => target.Fence(token, cancellation);

        public Task<Observation> Observe(CancellationToken cancellation) => target.Observe(cancellation);

        public async Task<IReadOnlyList<IRolloutStep>> Steps(Release wanted, Direction direction, CancellationToken cancellation) =>
            [.. (await target.Steps(wanted, direction, cancellation)).Select(step => step.Id == failing && wanted.Id == release ? new FailingStep(step) : step)];

        public Task<IReadOnlyList<IRolloutStep>> Withdraw(CancellationToken cancellation) => target.Withdraw(cancellation);
    }

    private sealed class FailingStep(IRolloutStep step) : IRolloutStep
    {
        public string Id => step.Id;

        public StepKind Kind => step.Kind;

        public string Subject => step.Subject;

        public string Change => step.Change;

        public async Task<StepState> Observe(CancellationToken cancellation) => (await step.Observe(cancellation)) with { Holds = false };

        public async Task Act(FencingToken token, CancellationToken cancellation)
        {
            await step.Act(token, cancellation);
            throw new StepFailedException("failed by the test");
        }
    }
}
