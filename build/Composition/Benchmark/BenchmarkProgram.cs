using WasmWizard.Delivery.Gates.Benchmark;

/// <summary>The benchmarks of one commit, compiled and ready to run.</summary>
/// <param name="folder">What the compiler wrote.</param>
/// <param name="slowdownPercent">How much more work each benchmark is to do, to see that the gate refuses it.</param>
public sealed class BenchmarkProgram(AbsolutePath folder, int slowdownPercent = 0)
{
    public const string Project = "benchmarks/WasmWizard.Benchmarks/WasmWizard.Benchmarks.csproj";

    private const int NotUnderstood = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private string Assembly => folder / "WasmWizard.Benchmarks.dll";

    /// <summary>What it can measure in turns with another; nothing for a program of before it could.</summary>
    /// <exception cref="InvalidOperationException">It did not end well.</exception>
    public async Task<IReadOnlyList<string>> Names(CancellationToken cancellation)
    {
        using var running = Running.Start(DotNetPath, [Assembly, "--list"]);
        var exitCode = await running.End(Patience, cancellation);
        return exitCode == NotUnderstood ? [] : Said(running, exitCode).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Every benchmark once, only to see that they run.</summary>
    /// <param name="export">Where the readings are left.</param>
    /// <param name="cancellation">Ends the process.</param>
    /// <returns>How many ran.</returns>
    /// <exception cref="InvalidOperationException">It did not end well, or what it left cannot be read.</exception>
    public async Task<int> Smoke(AbsolutePath export, CancellationToken cancellation)
    {
        export.DeleteFile();
        using var running = Running.Start(DotNetPath, [Assembly, "--smoke", "--export", export]);
        Said(running, await running.End(Patience, cancellation));
        return Read(export).Count;
    }

    /// <summary>Starts a fresh process that measures them, each stretch only when it is told that it is its turn.</summary>
    public BenchmarkTurns Start(IEnumerable<string> names, AbsolutePath export)
    {
        export.DeleteFile();
        return new(Running.Converse(DotNetPath, [Assembly, "--turns", "--only", string.Join(',', names), "--export", export, "--slowdown", $"{slowdownPercent}"]), async (running, cancellation) =>
        {
            Said(running, await running.End(Patience, cancellation));
            return Read(export);
        });
    }

    private static string Said(Running running, int exitCode) =>
        exitCode == 0 ? running.Said : throw new InvalidOperationException($"the benchmarks ended with exit code {exitCode}: {running.Said.Trim()}");

    private static IReadOnlyDictionary<string, BenchmarkMeasurement> Read(AbsolutePath export) => File.Exists(export) && BenchmarkExport.Parse(File.ReadAllText(export)) is { } measured
        ? measured
        : throw new InvalidOperationException($"{export} is missing, torn or empty");
}
