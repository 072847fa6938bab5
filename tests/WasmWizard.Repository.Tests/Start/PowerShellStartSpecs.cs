namespace WasmWizard.Repository.Tests.Start;

/// <summary>build.ps1, run by a real PowerShell with a stand-in for the SDK; Windows PowerShell itself runs in the workflows.</summary>
[Trait("suite", "complete")]
public sealed class PowerShellStartSpecs : IDisposable
{
    private readonly Clone _clone = new();

    public void Dispose() => _clone.Dispose();

    [ToolFact("pwsh", "sh")]
    public void Arguments_arrive_as_they_were_typed_and_the_exit_code_comes_back()
    {
        var run = _clone.StartPowerShell("Deploy", "", "two words", "$HOME", "`id`", "a\"b'c", "*", "--branch", "research", "42");

        Assert.Equal("Deploy||two words|$HOME|`id`|a\"b'c|*|--branch|research|42", run.Output);
        Assert.Equal(42, run.ExitCode);
        Assert.Contains("compiling the build program", run.Errors, StringComparison.Ordinal);
    }

    [ToolFact("pwsh", "sh")]
    public void The_program_is_compiled_again_when_its_sources_changed_and_only_then()
    {
        _clone.StartPowerShell();
        var second = _clone.StartPowerShell("again");
        Assert.Equal((0, "again", "", 1), (second.ExitCode, second.Output, second.Errors, _clone.Compilations));

        _clone.Write("src/WasmWizard.Delivery.Some/Some.txt", "changed\n");
        _clone.StartPowerShell();
        Assert.Equal(2, _clone.Compilations);
    }

    [ToolFact("pwsh", "sh")]
    public void A_program_that_does_not_compile_is_not_started()
    {
        _clone.Shim("dotnet", "case $1 in --version) echo 10.0.100 ;; *) echo 'error CS0001: no'; exit 1 ;; esac");

        var run = _clone.StartPowerShell("Deploy");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("error CS0001", run.Errors, StringComparison.Ordinal);
    }
}
