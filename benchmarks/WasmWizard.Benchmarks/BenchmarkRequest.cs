using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Order;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace WasmWizard.Benchmarks;

/// <summary>What the command line asks for.</summary>
/// <param name="Export">File for the readings; null prints them for people.</param>
/// <param name="IsSmoke">Only see that everything runs.</param>
/// <param name="TakesTurns">Measure only when a line on standard input gives the turn.</param>
/// <param name="IsList">Only say what there is.</param>
/// <param name="Only">Names of those to be measured; null for all.</param>
/// <param name="SlowdownPercent">How much more work each benchmark does: the candidate that a gate has to refuse.</param>
internal sealed record BenchmarkRequest(string? Export, bool IsSmoke, bool TakesTurns, bool IsList, IReadOnlyList<string>? Only, int SlowdownPercent)
{
    public const string Usage = """
        Measures the hot paths of the service and of the build engine.

          (nothing)            print the readings
          --export FILE        write them as BenchmarkDotNet's full JSON
          --smoke              once each: whether they run at all
          --list               print their names
          --only NAME,NAME     measure these alone
          --turns              say "turn" before each stretch that is measured, and wait for a line
          --slowdown PERCENT   let each do so much more work, a multiple of 5
        """;

    private const int Warmups = 2;
    private const int Iterations = 8;

    public static bool TryParse(string[] arguments, [NotNullWhen(true)] out BenchmarkRequest? request)
    {
        request = new(null, false, false, false, null, 0);
        for (var at = 0; at < arguments.Length && request is not null; at++)
            request = (arguments[at], at + 1 < arguments.Length) switch
            {
                ("--smoke", _) => request with { IsSmoke = true },
                ("--list", _) => request with { IsList = true },
                ("--only", true) => request with { Only = arguments[++at].Split(',') },
                ("--turns", _) => request with { TakesTurns = true },
                ("--export", true) => request with { Export = Path.GetFullPath(arguments[++at]) },
                ("--slowdown", true) when int.TryParse(arguments[++at], NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent % 5 == 0 => request with { SlowdownPercent = percent },
                _ => null,
            };
        return request is not null;
    }

    /// <summary>In this process and without a compiler, so that a run takes seconds and runs of two commits can take turns.</summary>
    public IConfig Configuration
    {
        get
        {
            var processor = new ProcessorClock();
            var clock = processor.IsAvailable ? processor : Chronometer.BestClock;
            var job = (IsSmoke ? Job.Dry : Job.Default.WithWarmupCount(Warmups).WithIterationCount(Iterations).WithInvocationCount(1).WithUnrollFactor(1).WithEvaluateOverhead(false))
                .WithToolchain(InProcessEmitToolchain.DontLogOutput)
                .WithClock(TakesTurns ? new TurnClock(clock, Console.Out, Console.In) : clock);
            var config = ManualConfig.CreateEmpty().AddJob(job).AddDiagnoser(MemoryDiagnoser.Default).WithOptions(ConfigOptions.JoinSummary)
                .WithOrderer(new DefaultOrderer(methodOrderPolicy: MethodOrderPolicy.Alphabetical))
                .AddFilter(new SimpleFilter(benchmark => Only?.Contains(BenchmarkNames.Of(benchmark.Descriptor.WorkloadMethod)) ?? true));
            return Export is null
                ? config.AddLogger(ConsoleLogger.Default).AddColumnProvider(DefaultColumnProviders.Instance)
                : config.AddLogger(NullLogger.Instance).AddExporter(JsonExporter.Full).WithArtifactsPath($"{Export}.work");
        }
    }

    /// <summary>The file gets its name when it is whole; false when there was none.</summary>
    public bool MoveExport(string results)
    {
        if (Directory.EnumerateFiles(results, "*-report-full.json").ToList() is not [var file])
            return false;
        File.Move(file, Export!, overwrite: true);
        Directory.Delete($"{Export}.work", recursive: true);
        return true;
    }
}
