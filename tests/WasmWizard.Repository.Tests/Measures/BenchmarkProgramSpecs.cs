using System.Diagnostics;
using System.Text.Json;

namespace WasmWizard.Repository.Tests.Measures;

/// <summary>What the gate asks of the benchmarks' program: names, and measuring in turns.</summary>
public sealed class BenchmarkProgramSpecs : IDisposable
{
    private const string Names = "EngineBenchmarks.RedactsALine,RequestBenchmarks.AsksTheLimiter";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ww-benchmarks-");

    private static string Program => Repository.At("benchmarks", "WasmWizard.Benchmarks", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "WasmWizard.Benchmarks.dll");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task It_names_its_benchmarks()
    {
        using var program = Start("--list");

        var names = await program.StandardOutput.ReadToEndAsync();

        await End(program);
        Assert.Superset(Names.Split(',').ToHashSet(), names.Split('\n').ToHashSet());
    }

    [Fact]
    public async Task Two_of_it_measure_the_same_in_step_and_only_when_they_are_let()
    {
        using var one = Start("--turns", "--only", Names, "--export", Export("one"));
        using var other = Start("--turns", "--only", Names, "--export", Export("other"));

        var turns = 0;
        while (await Asks(one))
        {
            Assert.True(await Asks(other));
            await Let(one);
            await Let(other);
            turns++;
        }

        Assert.False(await Asks(other));
        await End(one);
        await End(other);
        var (measured, beside) = (Measured(Export("one")), Measured(Export("other")));
        Assert.Equal(Names.Split(','), measured.Keys.Order());
        Assert.Equal(measured, beside);
        Assert.All(measured.Values, iterations => Assert.InRange(iterations, 5, turns));
    }

    [Fact]
    public async Task Nobody_who_gives_turns_is_an_error()
    {
        using var program = Start("--turns", "--only", Names, "--export", Export("none"));
        program.StandardInput.Close();

        await program.WaitForExitAsync().WaitAsync(Patience);

        Assert.NotEqual(0, program.ExitCode);
        Assert.False(File.Exists(Export("none")));
    }

    private string Export(string name) => Path.Combine(_folder.FullName, $"{name}.json");

    private static Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    private static async Task<bool> Asks(Process program) => await program.StandardOutput.ReadLineAsync().WaitAsync(Patience) == "turn";

    private static async Task Let(Process program)
    {
        await program.StandardInput.WriteLineAsync();
        await program.StandardInput.FlushAsync();
    }

    private static async Task End(Process program)
    {
        await program.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(0, program.ExitCode);
    }

    /// <summary>How many iterations of each.</summary>
    private static Dictionary<string, int> Measured(string export)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(export));
        return document.RootElement.GetProperty("Benchmarks").EnumerateArray().ToDictionary(
            benchmark => $"{benchmark.GetProperty("Type").GetString()}.{benchmark.GetProperty("Method").GetString()}",
            benchmark => benchmark.GetProperty("Measurements").EnumerateArray().Count(iteration => iteration.GetProperty("IterationStage").GetString() == "Actual"));
    }
}
