using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace WasmWizard.Benchmarks;

/// <summary>What the command line asks for.</summary>
/// <param name="Export">File for the readings; null prints them for people.</param>
/// <param name="IsSmoke">Only see that everything runs.</param>
/// <param name="SlowdownPercent">How much more work each benchmark does: the candidate that a gate has to refuse.</param>
internal sealed record BenchmarkRequest(string? Export, bool IsSmoke, int SlowdownPercent)
{
    public const string Usage = """
        Measures the hot paths of the service and of the build engine.

          (nothing)            print the readings
          --export FILE        write them as BenchmarkDotNet's full JSON
          --smoke              once each: whether they run at all
          --slowdown PERCENT   let each do so much more work, a multiple of 5
        """;

    private const int Warmups = 2;
    private const int Iterations = 8;

    /// <summary>Long enough that the clock's resolution and a single interrupt do not count.</summary>
    private static readonly TimeInterval Iteration = TimeInterval.FromMilliseconds(25);

    public static bool TryParse(string[] arguments, [NotNullWhen(true)] out BenchmarkRequest? request)
    {
        request = new(null, false, 0);
        for (var at = 0; at < arguments.Length && request is not null; at++)
            request = (arguments[at], at + 1 < arguments.Length) switch
            {
                ("--smoke", _) => request with { IsSmoke = true },
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
            var clock = new ProcessorClock();
            var job = (IsSmoke ? Job.Dry : Job.Default.WithWarmupCount(Warmups).WithIterationCount(Iterations).WithIterationTime(Iteration))
                .WithToolchain(InProcessEmitToolchain.DontLogOutput)
                .WithClock(clock.IsAvailable ? clock : Chronometer.BestClock);
            var config = ManualConfig.CreateEmpty().AddJob(job).AddDiagnoser(MemoryDiagnoser.Default).WithOptions(ConfigOptions.JoinSummary);
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
