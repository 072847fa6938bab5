using BenchmarkDotNet.Running;
using WasmWizard.Benchmarks;

if (!BenchmarkRequest.TryParse(args, out var request))
{
    await Console.Error.WriteLineAsync(BenchmarkRequest.Usage);
    return 2;
}

Work.Rounds += Work.Rounds * request.SlowdownPercent / 100;
var measured = BenchmarkRunner.Run(typeof(Work).Assembly, request.Configuration).Single();
if (measured.HasCriticalValidationErrors || measured.Reports.Any(report => !report.Success))
    return 1;
return request.Export is null || request.MoveExport(measured.ResultsDirectoryPath) ? 0 : 1;
