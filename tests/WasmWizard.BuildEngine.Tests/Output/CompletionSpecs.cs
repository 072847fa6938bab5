using System.Diagnostics;

namespace WasmWizard.Tests.BuildEngine.Output;

/// <summary>Completion of command lines: the words, and the snippets in the shells that are here.</summary>
public sealed class CompletionSpecs : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    private sealed class Shop : NotingBuild
    {
        [Parameter] private readonly Verbosity Loudness;
        [Parameter(List = false)] private readonly string? Unlisted;

        private Target Restore => _ => _;
        private Target Rebuild => _ => _;
        private Target Hidden => _ => _.Unlisted();
        private Target Compile => _ => _;
    }

    [Theory]
    [InlineData("Re", "Rebuild Restore")]
    [InlineData("Restore Com", "Compile")]
    [InlineData("co", "Compile")]
    [InlineData("Restore --lo", "--loudness")]
    [InlineData("--un", "")]
    [InlineData("Restore --loudness Q", "Quiet")]
    [InlineData("Restore --skip Re", "Rebuild Restore")]
    [InlineData("--explain C", "Compile")]
    [InlineData("--host G", "GitHubActions")]
    [InlineData("--completion p", "pwsh")]
    [InlineData("--root x", "")]
    [InlineData("--nonsense x", "")]
    public void Words_that_fit_are_offered(string typed, string offered)
    {
        var result = _sandbox.Run<Shop>($"--complete {typed}");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(offered, string.Join(' ', result.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
    }

    [Fact]
    public void An_unknown_shell_is_named() => Assert.Contains("--completion must be one of bash, zsh, fish, pwsh.", _sandbox.Run<Shop>("--completion csh").Err);

    /// <summary>A program that answers as the build would takes its place: the snippet has to hand it the right words and use what it prints.</summary>
    [ToolFact("bash")]
    public void Bash_completes()
    {
        var script = Script("printf '%s\\n' \"$@\" >\"$0.asked\"; printf 'Restore\\nRebuild\\n'");
        var reply = Shell("bash", $"{_sandbox.Run<Shop>("--completion bash").Out}\nCOMP_WORDS=({script} Compile Re)\nCOMP_CWORD=2\n_build_sh\nprintf '%s,' \"${{COMPREPLY[@]}}\"");
        Assert.Equal("Restore,Rebuild,", reply);
        Assert.Equal(["--complete", "Compile", "Re"], File.ReadAllLines($"{script}.asked"));
    }

    [ToolTheory("zsh")]
    [InlineData("zsh")]
    public void Zsh_reads_its_snippet(string shell) => Shell(shell, "compdef() { }\n" + _sandbox.Run<Shop>("--completion zsh").Out);

    [ToolTheory("fish")]
    [InlineData("fish")]
    public void Fish_completes(string shell)
    {
        var script = Script("printf 'Restore\\nRebuild\\n'");
        var snippet = _sandbox.Run<Shop>("--completion fish").Out.Replace("-c build.sh", $"-c {Path.GetFileName(script)}", StringComparison.Ordinal);
        Assert.Equal("Rebuild\nRestore", Shell(shell, $"{snippet}\ncomplete -C '{script} Compile Re'"));
    }

    private string Script(string body)
    {
        var file = _sandbox.Root / "build.sh";
        file.WriteAllText("#!/bin/sh\n" + body);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }

    private static string Shell(string shell, string text)
    {
        using var process = Process.Start(new ProcessStartInfo(shell) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.StandardInput.Write(text);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.WaitForExit();
        Assert.True(process.ExitCode == 0 && error.Result.Length == 0, error.Result);
        return output.Result.Trim();
    }
}
