using WasmWizard.Delivery.Gates.Benchmark;

/// <summary>The benchmarks of one commit, compiled and ready to run.</summary>
/// <param name="folder">What the compiler wrote.</param>
/// <param name="slowdownPercent">How much more work each benchmark is to do, to see that the gate refuses it.</param>
public sealed class BenchmarkProgram(AbsolutePath folder, int slowdownPercent = 0)
{
    public const string Project = "benchmarks/WasmWizard.Benchmarks/WasmWizard.Benchmarks.csproj";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>One run of every benchmark in a fresh process.</summary>
    /// <param name="export">Where the readings are left.</param>
    /// <param name="smoke">Once each, only to see that they run.</param>
    /// <param name="cancellation">Ends the process.</param>
    /// <exception cref="InvalidOperationException">It did not end well, or what it left cannot be read.</exception>
    public async Task<IReadOnlyDictionary<string, BenchmarkReading>> Measure(AbsolutePath export, bool smoke, CancellationToken cancellation)
    {
        export.DeleteFile();
        string[] arguments = [folder / "WasmWizard.Benchmarks.dll", "--export", export, "--slowdown", $"{slowdownPercent}", .. smoke ? ["--smoke"] : Array.Empty<string>()];
        using var running = Running.Start(DotNetPath, arguments);
        var exitCode = await running.End(Patience, cancellation);
        if (exitCode != 0)
            throw new InvalidOperationException($"the benchmarks ended with exit code {exitCode}: {running.Said.Trim()}");
        return File.Exists(export) && BenchmarkExport.Parse(File.ReadAllText(export)) is { } readings
            ? readings
            : throw new InvalidOperationException($"{export} is missing, torn or empty");
    }
}
