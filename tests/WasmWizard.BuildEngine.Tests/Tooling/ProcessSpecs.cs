namespace WasmWizard.Tests.BuildEngine.Tooling;

/// <summary>Section 1.8. Better than NUKE: a timeout and a cancellation end the whole tree, and a dictionary of variables extends the environment.</summary>
public sealed class ProcessSpecs : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    /// <summary>Starts a grandchild that writes its number and waits for ever.</summary>
    private const string Tree = "sh -c 'echo $$ > grandchild; exec sleep 3600' & echo $$ > child; wait";

    private sealed class Processes : NotingBuild
    {
        [PathVariable] private readonly Tool? Echo;
        [PathVariable("sh")] private readonly Tool? Shell;
        [LocalPath("tool.cmd", "tool.sh"), Optional] private readonly Tool? Local;

        private Target TimesOut => _ => _.Executes(() =>
        {
            using var process = ProcessTasks.StartShell(Tree);
            WaitForTree(RootDirectory);
            Notes.Add($"{process.HasExited} {process.Id > 0}");
            using var timed = ProcessTasks.StartShell("sleep 3600", timeout: 100);
            Assert.Contains("did not end within 100 ms", Assert.Throws<ProcessException>(() => timed.AssertZeroExitCode()).Message);
            Assert.Equal(-1, timed.ExitCode);
            process.Kill();
            Assert.False(process.WaitForExit());
            Assert.Contains("was ended before it was done", Assert.Throws<ProcessException>(() => process.AssertWaitForExit()).Message);
        });

        private Target TimesOutTree => _ => _.Executes(() => ProcessTasks.StartShell(Tree, timeout: 1500).AssertZeroExitCode());

        private Target Disposes => _ => _.Executes(() =>
        {
            using (ProcessTasks.StartShell(Tree))
                WaitForTree(RootDirectory);
        });

        private Target Cancels => _ => _.Executes(() =>
        {
            var process = ProcessTasks.StartShell(Tree);
            WaitForTree(RootDirectory);
            Notes.Add("waiting");
            CancelNow.Value!.Cancel();
            process.AssertZeroExitCode();
        });

        private Target Later => _ => _.DependsOn(Cancels).Executes(Note("Later"));

        private Target Sure => _ => _.After(Later).AssuredAfterFailure().Executes(
            () => Notes.Add(ProcessTasks.StartShell("echo assured").AssertZeroExitCode().Output.StdToText()),
            () => Notes.Add($"{Cancellation.IsCancellationRequested}"));

        private Target Ignores => _ => _.Executes(() => CancelNow.Value!.Cancel(), Note("went on"));

        private Target StartsLate => _ => _.Executes(() => CancelNow.Value!.Cancel(), () => ProcessTasks.StartShell("echo never"));

        private Target Override => _ => _.Executes(() => ExitCode = 5, () => CancelNow.Value!.Cancel(), () => Cancellation.ThrowIfCancellationRequested());

        private Target Environments => _ => _.Executes(() =>
        {
            var output = ProcessTasks.StartShell("echo $GIVEN; test -n \"$PATH\" && echo inherited; pwd", RootDirectory / "sub", new Dictionary<string, string> { ["GIVEN"] = "given" }).AssertZeroExitCode().Output;
            Notes.Add(string.Join(' ', output.Select(line => line.Text)));
            ProcessTasks.DefaultWorkingDirectory = RootDirectory / "sub";
            Notes.Add(ProcessTasks.StartProcess("/bin/pwd").AssertZeroExitCode().Output.Single().Text);
        });

        private Target Logs => _ => _.Executes(() =>
        {
            var lines = new List<string>();
            ProcessTasks.StartShell("echo to-logger; echo to-logger-err >&2", logger: (type, text) => { lock (lines) lines.Add($"{type}:{text}"); }).AssertZeroExitCode();
            ProcessTasks.StartShell("echo silent", logOutput: false).AssertZeroExitCode();
            ProcessTasks.StartShell("echo raw", outputFilter: text => text.Replace("raw", "filtered", StringComparison.Ordinal)).AssertZeroExitCode();
            Notes.Add(string.Join(' ', lines.Order()));
            Assert.True(ProcessTasks.DefaultLogOutput && ProcessTasks.DefaultLogInvocation && !ProcessTasks.LogWorkingDirectory);
            ProcessTasks.DefaultLogOutput = false;
            ProcessTasks.DefaultLogInvocation = false;
            ProcessTasks.LogWorkingDirectory = true;
            ProcessTasks.StartShell("echo unheard").AssertZeroExitCode();
        });

        private Target Fails => _ => _.Executes(() => ProcessTasks.StartShell("echo before; echo 'x.cs(1,1): error CS1: broken'; echo last >&2; exit 9").AssertZeroExitCode());

        private Target FailsOnErr => _ => _.Executes(() => ProcessTasks.StartShell("echo out; echo reason >&2; exit 9").AssertZeroExitCode());

        private Target Missing => _ => _.Executes(() => ProcessTasks.StartProcess("/no/such/program"));

        private Target Json => _ => _.Executes(() => Notes.Add(ProcessTasks.StartShell("echo '{ \"a\": 5 }'").AssertZeroExitCode().Output.StdToJson<Dictionary<string, int>>()["a"].ToString(System.Globalization.CultureInfo.InvariantCulture)));

        private Target Early => _ => _.Executes(() =>
        {
            using var process = ProcessTasks.StartShell("sleep 3600");
            Notes.Add(Assert.Throws<InvalidOperationException>(() => process.ExitCode).Message);
        });

        private Target Tools => _ => _.Executes(() =>
        {
            Notes.Add(Echo!($"one {"two three"} {new[] { "a b", "c" }} {RootDirectory / ".." / "x"} {5} {"a\"b":nq}c").Single().Text.Replace(RootDirectory.Parent!, "", StringComparison.Ordinal));
            Notes.Add(Shell!("-c \"exit 4\"", exitHandler: process => Notes.Add($"exit {process.ExitCode}")).Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
            Notes.Add($"{Local is null}");
            Assert.Contains("not on the PATH", Assert.Throws<UsageException>(() => ToolResolver.GetPathTool("no-such-program")).Message);
            Assert.Null(ToolResolver.TryGetEnvironmentTool("nothing"));
            Assert.Contains("BROKEN_EXE is /no/where", Assert.Throws<UsageException>(() => ToolResolver.TryGetEnvironmentTool("Broken")).Message);
        });
    }

    private static readonly AsyncLocal<CancellationTokenSource?> s_cancelNow = new();

    private static AsyncLocal<CancellationTokenSource?> CancelNow => s_cancelNow;

    private static void WaitForTree(AbsolutePath root)
    {
        foreach (var name in new[] { "child", "grandchild" })
            Assert.True(SpinWait.SpinUntil(() => (root / name).FileExists() && (root / name).ReadAllText().EndsWith('\n'), TimeSpan.FromMinutes(1)), name);
    }

    private void AssertTreeIsGone()
    {
        foreach (var name in new[] { "child", "grandchild" })
        {
            var id = (_sandbox.Root / name).ReadAllText().Trim();
            Assert.True(SpinWait.SpinUntil(() => !IsAlive(id), TimeSpan.FromMinutes(1)), $"{name} {id} still runs");
        }
    }

    /// <summary>A killed process that nobody has collected yet is a zombie, not alive.</summary>
    private static bool IsAlive(string id)
    {
        try
        {
            return !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private RunResult Run(string commandLine)
    {
        s_cancelNow.Value = _sandbox.Cancellation;
        return _sandbox.Run<Processes>(commandLine);
    }

    [Fact]
    public void Killing_and_timeouts_end_a_process()
    {
        var result = Run("TimesOut");
        Assert.True(result.ExitCode == 0, result.Out);
        Assert.Equal("False True", result.Order);
        AssertTreeIsGone();
    }

    [Theory]
    [InlineData("TimesOutTree", 1)]
    [InlineData("Disposes", 0)]
    public void The_whole_tree_ends(string target, int exitCode)
    {
        Assert.Equal(exitCode, Run(target).ExitCode);
        AssertTreeIsGone();
    }

    [Fact]
    public void Cancellation_ends_the_tree_runs_assured_targets_once_and_exits_with_130()
    {
        var result = Run("Later Sure");
        Assert.Equal(130, result.ExitCode);
        Assert.Equal("waiting assured True", result.Order);
        Assert.Matches(@"Cancels\s+Aborted", result.Out);
        Assert.Matches(@"Later\s+Not run", result.Out);
        Assert.Contains("Build cancelled (exit 130).", result.Out);
        AssertTreeIsGone();
    }

    [Theory]
    [InlineData("Ignores", 0, "went on")]
    [InlineData("Ignores Sure", 0, "went on assured True")]
    [InlineData("StartsLate", 130, "")]
    [InlineData("Override", 5, "")]
    public void What_completes_in_spite_of_a_cancellation_has_succeeded_and_a_set_exit_code_stays(string commandLine, int exitCode, string order)
    {
        var result = Run(commandLine);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Equal(order, result.Order);
    }

    [Fact]
    public void A_cancellation_before_the_first_target_runs_nothing()
    {
        _sandbox.Cancellation.Cancel();
        var result = Run("Json Sure");
        Assert.Equal(130, result.ExitCode);
        Assert.Equal("assured True", result.Order);
    }

    [Fact]
    public void A_hard_stop_ends_what_assured_targets_start()
    {
        _sandbox.HardStop.Cancel();
        var result = Run("Json Sure");
        Assert.Equal(130, result.ExitCode);
        Assert.Empty(result.Notes);
    }

    [Fact]
    public void Variables_extend_the_environment_and_the_root_is_where_programs_run()
    {
        (_sandbox.Root / "sub").CreateDirectory();
        Assert.Equal([$"given inherited {_sandbox.Root / "sub"}", _sandbox.Root / "sub"], Run("Environments").Notes);
    }

    [Fact]
    public void Output_goes_where_the_call_says()
    {
        var result = Run("Logs");
        Assert.True(result.ExitCode == 0, result.Out);
        Assert.Equal("Err:to-logger-err Std:to-logger", result.Order);
        Assert.Contains("filtered", result.Out);
        Assert.Contains($"@ {_sandbox.Root}", result.Out);
        foreach (var hidden in new[] { "\nto-logger", "\nsilent", "\nraw", "unheard" })
            Assert.DoesNotContain(hidden, result.Out);
    }

    [Fact]
    public void A_failing_program_is_named_with_its_code_and_its_first_error()
    {
        Assert.Contains("ended with exit code 9: x.cs(1,1): error CS1: broken", Run("Fails").Out);
        Assert.Contains("ended with exit code 9: reason", Run("FailsOnErr").Out);
        Assert.Contains("/no/such/program cannot be started in", Run("Missing").Out);
        Assert.Contains("still runs", Run("Early").Order);
        Assert.Equal("5", Run("Json").Order);
    }

    [Fact]
    public void Tools_take_argument_lines_whose_values_are_quoted_when_needed()
    {
        _sandbox.Environment["BROKEN_EXE"] = "/no/where";
        var result = Run("Tools");
        Assert.True(result.ExitCode == 0, result.Out);
        Assert.Equal(["one two three a b c /x 5 abc", "exit 4", "0", "True"], result.Notes);
    }

    [Fact]
    public void Tools_can_lie_below_the_root_or_where_a_variable_says()
    {
        var script = (_sandbox.Root / "tool.sh").WriteAllText("#!/bin/sh\necho mine");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.EndsWith("False", Run("Tools").Order.Replace("BROKEN", "", StringComparison.Ordinal));
    }

    [Fact]
    public void A_line_that_is_one_quoted_value_is_a_whole_line()
    {
        ArgumentStringHandler single = $"{"build --no-restore"}";
        Assert.Equal("build --no-restore", single.ToString());
        ArgumentStringHandler several = $"{"a b"} {"c d"}";
        Assert.Equal("\"a b\" \"c d\"", several.ToString());
        ArgumentStringHandler escaped = $"x {"say \"hi\""} {"\"is quoted\""} {""}";
        Assert.Equal("x \"say \\\"hi\\\"\" \"is quoted\" \"\"", escaped.ToString());
        ArgumentStringHandler formatted = $"{1.5:0.00} {AbsolutePath.Create("/a b"):d}";
        Assert.Equal("1.50 \"/a b\"", formatted.ToString());
    }
}
