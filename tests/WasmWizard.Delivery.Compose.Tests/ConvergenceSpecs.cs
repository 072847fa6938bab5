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

/// <summary>A step fails, or the pipeline is killed: what served before serves, and the next deploy converges with no manual unlock.</summary>
[Collection(OneEngine.Name)]
[Trait("suite", "complete")]
public sealed class ConvergenceSpecs(StagingEngine engine, ITestOutputHelper output)
{
    /// <summary>A deploy tells about 40 events; some kills come after its end.</summary>
    private const int Events = 40;

    /// <summary>20 and more for a campaign.</summary>
    private static readonly int Kills = Number("WASM_WIZARD_KILLS") ?? 2;

    /// <summary>Steps that fail, chosen by the seed; 7 are all.</summary>
    private static readonly int Failures = Number("WASM_WIZARD_FAILURES") ?? 2;

    private static readonly int Seed = Number("WASM_WIZARD_SEED") ?? 1;

    [EngineFact]
    public async Task A_release_that_does_not_come_up_or_a_step_that_fails_leaves_the_one_before_serving_with_4()
    {
        await using var staging = await StagingEnvironment.OpenAsync(engine);
        var good = await staging.ReleaseAsync("good");
        staging.Is<RolloutOutcome.Healthy>(await staging.Staging.Deploy(good));

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
    public async Task After_a_pipeline_was_killed_anywhere_the_next_deploy_converges()
    {
        await using var staging = await StagingEnvironment.OpenAsync(engine);
        staging.Is<RolloutOutcome.Healthy>(await staging.Staging.Deploy(await staging.ReleaseAsync("variant 0")));
        output.WriteLine($"seed {Seed}, {Kills} kills");
        var random = new Random(Seed);
        for (var kill = 1; kill <= Kills; kill++)
        {
            var point = random.Next(Events);
            await KillAfter(staging, await staging.ReleaseAsync($"variant {kill % 3}"), point);

            var next = await staging.ReleaseAsync($"variant {(random.Next(2) == 0 ? kill : kill + 1) % 3}");
            var outcome = await staging.Staging.Deploy(next);

            output.WriteLine($"{kill}: killed after event {point}, then {outcome.GetType().Name}");
            Assert.True(ExitCodes.Of(outcome) == 0, $"kill {kill}: {OutcomeText.Of(outcome, "development")}{Environment.NewLine}{string.Join(Environment.NewLine, staging.Events.TakeLast(30))}");
            await DeploySpecs.AssertServes(staging, next);
            Assert.Null(await staging.Staging.Locks.Read(CancellationToken.None));
            Assert.Empty(RolloutHistory.Of(await staging.Staging.Chain()).Open);
        }
    }

    private static async Task AssertLeftAsItWas(StagingEnvironment staging, Release good, RolloutOutcome outcome, string what)
    {
        Assert.True(ExitCodes.Of(outcome) == 4, $"{what}: {OutcomeText.Of(outcome, "development")}");
        await DeploySpecs.AssertServes(staging, good);
        Assert.Null(await staging.Staging.Locks.Read(CancellationToken.None));
    }

    private static async Task KillAfter(StagingEnvironment staging, Release wanted, int point)
    {
        var place = Path.Combine(staging.Place.Root, "place.json");
        await File.WriteAllTextAsync(place, staging.Place.Write());
        var release = Path.Combine(staging.Place.Root, "release.json");
        await File.WriteAllTextAsync(release, ReleaseJson.Write(wanted));
        using var pipeline = Process.Start(new ProcessStartInfo(Path.Combine(Paths.DotnetRoot, "dotnet"), ["exec", Paths.Driver, place, release]) { RedirectStandardOutput = true })!;
        for (var line = 0; line < point && await pipeline.StandardOutput.ReadLineAsync() is not null; line++)
        {
        }

        pipeline.Kill();
        await pipeline.WaitForExitAsync();
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
