using System.Diagnostics;
using System.Management.Automation.Language;

namespace WasmWizard.Repository.Tests.Start;

/// <summary>The scripts as text: what can be known without running them.</summary>
public sealed class ScriptFormSpecs
{
    private static readonly string[] Scripts = ["build.sh", "build.ps1", "build.cmd"];

    [ToolFact("shellcheck")]
    public void Shellcheck_finds_nothing_in_any_shell_script()
    {
        var scripts = Repository.Files("*.sh", "benchmarks", ".ci", "tests", "docs").Append("build.sh").ToList();

        var (exitCode, output) = Run("shellcheck", [.. scripts.Select(script => Repository.At(script))]);

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public void PowerShell_can_read_its_script()
    {
        Parser.ParseFile(Repository.At("build.ps1"), out _, out var faults);

        Assert.Empty(faults);
    }

    [Fact]
    public void The_batch_file_ends_its_lines_as_the_command_prompt_wants_them_and_hands_the_exit_code_back()
    {
        var text = File.ReadAllText(Repository.At("build.cmd"));

        Assert.Equal(text.Count(c => c == '\n'), text.Split("\r\n").Length - 1);
        Assert.Contains("exit /b %errorlevel%", text, StringComparison.Ordinal);
        Assert.Contains("\"%~dp0build.ps1\" %*", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_scripts_are_plain_ASCII_so_that_no_console_misreads_them()
    {
        Assert.All(Scripts, script => Assert.All(File.ReadAllBytes(Repository.At(script)), value => Assert.InRange(value, 0, 127)));
    }

    [UnixFact]
    public void The_shell_script_can_be_started_by_its_name()
    {
        if (!OperatingSystem.IsWindows())
            Assert.True(File.GetUnixFileMode(Repository.At("build.sh")).HasFlag(UnixFileMode.UserExecute));
    }

    private static (int ExitCode, string Output) Run(string tool, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
