namespace WasmWizard.Repository.Tests.Start;

/// <summary>build.sh with the real SDK: what a stand-in for it could hide.</summary>
[Trait("suite", "complete")]
public sealed class RealStartSpecs : IDisposable
{
    private readonly Clone _clone = new(realSdk: true);

    public void Dispose() => _clone.Dispose();

    [UnixFact]
    public void A_program_that_does_not_compile_shows_its_errors_and_exits_1()
    {
        _clone.Write("build/Program.cs", "this is no program\n");

        var run = _clone.Start();

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("error CS", run.Errors, StringComparison.Ordinal);
        Assert.Contains("nothing was started", run.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(_clone.At(".nuke/temp/build"), "new.*"));
    }

    [UnixFact]
    public async Task Two_first_starts_at_once_both_run_a_whole_program_and_the_next_one_compiles_nothing()
    {
        using var one = _clone.Launch(_clone.Root, new Dictionary<string, string>(), "one");
        using var two = _clone.Launch(_clone.Root, new Dictionary<string, string>(), "two");
        var runs = await Task.WhenAll(Task.Run(() => Clone.Finish(one)), Task.Run(() => Clone.Finish(two)));

        Assert.Equal((0, "one"), (runs[0].ExitCode, runs[0].Output));
        Assert.Equal((0, "two"), (runs[1].ExitCode, runs[1].Output));
        var next = _clone.Start("Deploy", "", "two words", "$HOME", "42");
        Assert.Equal((42, "Deploy||two words|$HOME|42", ""), (next.ExitCode, next.Output, next.Errors));
        Assert.Equal(1, _clone.Compilations);
    }
}
