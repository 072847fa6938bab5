using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Benchmark;
using WasmWizard.Delivery.Local.Protocol.Files;
using WasmWizard.Delivery.Ports;

/// <summary>Measures the benchmarks against those of the base commit, and has the gate judge the pairs.</summary>
public sealed class BenchmarkRun(Workspace workspace)
{
    /// <summary>policy.md: the whole gate takes at most five minutes. What is left when everything is compiled goes to pairs.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(10);

    private readonly long _started = workspace.Time.GetTimestamp();

    private AbsolutePath Folder => workspace.Artifacts / "benchmark";

    /// <summary>The gate's answer; with trials, an answer about the gate. Runs at the same time take turns: they would measure each other.</summary>
    public static async Task Run(IBenchmark build)
    {
        Directory.CreateDirectory(build.Workspace.Temporary);
        using var turn = await Exclusive.Hold(build.Workspace.Temporary / "benchmark.lock", EngineSeam.CancellationOf(build));
        var run = new BenchmarkRun(build.Workspace);
        if (build.Trials is { } trials)
            EngineSeam.Publish(build, nameof(IBenchmark.Benchmark), await run.Try(build, trials));
        else
            build.Conclude(await run.Judge(EngineSeam.CancellationOf(build)));
    }

    private async Task<IReadOnlyDictionary<GateId, GateResult>> Judge(CancellationToken cancellation)
    {
        Folder.CreateOrCleanDirectory();
        var rule = workspace.Desk.Rule(GateId.Benchmark);
        var observation = await Attempt(() => rule.Threshold is null ? Smoke(cancellation) : Compare(cancellation));
        if (observation is BenchmarkObservation.Compared compared)
            (Folder / "comparison.json").WriteAllText(BenchmarkRecord.Write(compared, rule.Threshold!.Value));
        var result = BenchmarkGate.Judge(observation, rule.Threshold ?? 0, DateOnly.FromDateTime(workspace.Time.GetUtcNow().UtcDateTime));
        workspace.Desk.Record(GateId.Benchmark, result, workspace.Time.GetElapsedTime(_started), suite: null, "artifacts/benchmark");
        return new Dictionary<GateId, GateResult> { [GateId.Benchmark] = result };
    }

    /// <summary>Compares the files at hand with themselves, again and again: how often the gate would refuse what is equal, or a slowdown that was put in.</summary>
    private async Task<string> Try(IBenchmark build, int trials)
    {
        var slowdownPercent = build.Slowdown ?? 0;
        build.Require([.. Faults(trials, slowdownPercent)]);
        Folder.CreateOrCleanDirectory();
        var margin = workspace.Desk.Rule(GateId.Benchmark).Threshold!.Value;
        var built = new BenchmarkBuilds(workspace).Candidate();
        var names = await new BenchmarkProgram(built).Names(EngineSeam.CancellationOf(build));
        List<BenchmarkTrial> done = [];
        while (done.Count < trials)
        {
            var compared = await new InterleavedPairs(new(built), new(built, slowdownPercent), names, Folder, workspace.Time).Measure(Budget, EngineSeam.CancellationOf(build));
            var trial = BenchmarkTrial.Of(compared, margin);
            done.Add(trial);
            (Folder / $"trial-{done.Count}.json").WriteAllText(BenchmarkRecord.Write(compared, margin));
            Log.Information("Trial {Number} of {Trials}: {Verdict:l}: {Reason:l}", done.Count, trials, trial.Result.Verdict.ToString(), trial.Result.Reason);
        }

        Log.Information("{Summary:l}", BenchmarkTrial.Summary(done, slowdownPercent));
        return BenchmarkRecord.WriteTrials(done, slowdownPercent, margin);
    }

    private IEnumerable<Fault> Faults(int trials, int slowdownPercent)
    {
        if (workspace.Desk.Rule(GateId.Benchmark).Threshold is null)
            yield return new("WW2130", $"{workspace.Policy.Branch} compares nothing", "a branch whose gate has a margin", $"./build.sh Benchmark --trials {trials} --branch master");
        if (trials < 1 || slowdownPercent < 0 || slowdownPercent % 5 != 0)
            yield return new("WW2131", $"--trials {trials} --slowdown {slowdownPercent}", "at least one trial, and a slowdown that is a multiple of 5", "./build.sh Benchmark --trials 10 --slowdown 10");
    }

    private async Task<BenchmarkObservation> Smoke(CancellationToken cancellation) =>
        new BenchmarkObservation.Smoke(await new BenchmarkProgram(new BenchmarkBuilds(workspace).Candidate()).Smoke(Folder / "candidate.json", cancellation));

    private async Task<BenchmarkObservation> Compare(CancellationToken cancellation)
    {
        var builds = new BenchmarkBuilds(workspace);
        var candidate = new BenchmarkProgram(builds.Candidate());
        if (workspace.Checkout.Base(workspace.Policy.Environment.Branch) is not { } based || workspace.Checkout.TextAt(based, BenchmarkProgram.Project) is null)
            return await NoBase(candidate, cancellation);
        var original = new BenchmarkProgram(builds.Base(based));
        var names = (await original.Names(cancellation)).Intersect(await candidate.Names(cancellation)).ToList();
        return names.Count == 0
            ? await NoBase(candidate, cancellation)
            : await new InterleavedPairs(original, candidate, names, Folder, workspace.Time).Measure(Budget - Reserve - workspace.Time.GetElapsedTime(_started), cancellation);
    }

    private async Task<BenchmarkObservation> NoBase(BenchmarkProgram candidate, CancellationToken cancellation)
    {
        await candidate.Smoke(Folder / "candidate.json", cancellation);
        return new BenchmarkObservation.NoBase(Waiver());
    }

    private BenchmarkWaiver? Waiver() => workspace.Root / BenchmarkWaiver.Path is { } file && File.Exists(file) ? BenchmarkWaiver.Parse(File.ReadAllText(file)) : null;

    /// <summary>Benchmarks that do not compile or run are a gate that went wrong; they say nothing about speed.</summary>
    private static async Task<BenchmarkObservation> Attempt(Func<Task<BenchmarkObservation>> measure)
    {
        try
        {
            return await measure();
        }
        catch (Exception failure) when (failure is InvalidOperationException or TimeoutException or ProcessException or IOException)
        {
            return new BenchmarkObservation.Failed(failure.Message, $"dotnet run -c Release --project {Path.GetDirectoryName(BenchmarkProgram.Project)} -- --smoke");
        }
    }
}
