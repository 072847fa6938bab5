using System.Reflection;
using BenchmarkDotNet.Attributes;
using WasmWizard.BuildEngine;

namespace WasmWizard.Benchmarks;

/// <summary>What the build engine does for each run and for each line that a tool prints.</summary>
public class EngineBenchmarks
{
    private const int Plans = 80;
    private const int Lines = 32_000;
    private const int Targets = 60;
    private const int Seed = 1;

    private static readonly MethodInfo Getter = typeof(EngineBenchmarks).GetProperty(nameof(Body), BindingFlags.Static | BindingFlags.NonPublic)!.GetMethod!;

    private readonly List<ExecutableTarget> _targets = [.. Enumerable.Range(0, Targets).Select(index => new ExecutableTarget(Getter, $"T{index}", Body, new TargetDefinition(null!, Getter, $"T{index}")))];
    private readonly Redactor _redactor = new();

    private static Target Body => _ => _;

    [GlobalSetup]
    public void Connect()
    {
        var random = new Random(Seed);
        for (var index = 1; index < Targets; index++)
            _targets[index].ExecutionEdges.AddRange(_targets.Take(index).Where(_ => random.Next(8) == 0));
        _redactor.Add("correct-horse-battery-staple");
        _redactor.Add("ghp_0123456789abcdef");
    }

    [Benchmark(OperationsPerInvoke = Plans)]
    public long PlansARun() => Work.Repeat(Plans, () => ExecutionPlanner.Plan(_targets, [_targets[^1]]).Count);

    [Benchmark(OperationsPerInvoke = Lines)]
    public long RedactsALine() =>
        Work.Repeat(Lines, () => _redactor.Redact("2026-01-31T12:00:00Z [INF] > /usr/bin/dotnet build src/WasmWizard.Service --configuration Release --no-restore").Length);
}
