using BenchmarkDotNet.Running;
using WasmWizard.Benchmarks;

if (!BenchmarkRequest.TryParse(args, out var request))
{
    await Console.Error.WriteLineAsync(BenchmarkRequest.Usage);
    return 2;
}

if (request.IsList)
{
    foreach (var name in BenchmarkNames.All)
        Console.WriteLine(name);
    return 0;
}

if (request.TakesTurns)
    OneCore.Enter();
Work.SlowdownPercent = request.SlowdownPercent;
var measured = BenchmarkRunner.Run(typeof(Work).Assembly, request.Configuration).Single();
if (measured.HasCriticalValidationErrors || measured.Reports.Any(report => !report.Success))
    return 1;
return request.Export is null || request.MoveExport(measured.ResultsDirectoryPath) ? 0 : 1;
