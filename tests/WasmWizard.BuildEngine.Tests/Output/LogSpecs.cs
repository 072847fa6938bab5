namespace WasmWizard.Tests.BuildEngine.Output;

/// <summary>What people see. Levels as in NUKE; colour on a terminal without NO_COLOR only, which is better than NUKE.</summary>
public sealed class LogSpecs : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    private sealed class Talking : NotingBuild
    {
        [Parameter("How it is done, described at such a length that the line has to be broken in two, because it would not fit into a hundred columns")]
        private readonly Verbosity Manner;

        private Target Prepare => _ => _.Unlisted();

        public Target Talk => _ => _.Description("Talk").DependsOn(Prepare).After(Prepare).Executes(() =>
        {
            Log.Verbose("at verbose");
            Log.Debug("at debug");
            Log.Information("at information {Value} {@Object}", "text", new { A = 1 });
            Log.Warning("at warning");
            Log.Error(new InvalidOperationException("its message"), "at error");
            Log.Fatal("at fatal");
            ProcessTasks.StartShell("echo from a tool", logInvocation: true).AssertZeroExitCode();
        });

        private Target Fail => _ => _.ProceedAfterFailure().Executes(() => WasmWizard.BuildEngine.Assert.Fail("the answer is no"));

        private Target Refuse => _ => _.Executes(() =>
        {
            ExitCode = BuildFailure.Usage;
            WasmWizard.BuildEngine.Assert.Fail("no cluster is named");
        });

        private Target Break => _ => _.DependsOn(Fail).Executes(() => throw new FormatException("not foreseen"));

        private Target Follow => _ => _.TriggeredBy(Talk).After(Talk).Executes(Note("Follow"));

        private Target ATargetWithAnExceptionallyLongName => _ => _.DependsOn(Talk, Follow, Prepare).Description("Long");
    }

    [Theory]
    [InlineData("verbose", "at verbose", "")]
    [InlineData("normal", "at debug,from a tool,at information text {", "at verbose")]
    [InlineData("minimal", "at warning", "at debug,at information,from a tool")]
    [InlineData("quiet", "[ERR] at error (InvalidOperationException: its message),[FTL] at fatal", "at warning")]
    public void The_verbosity_decides_what_is_shown_and_the_file_has_everything(string verbosity, string shown, string hidden)
    {
        var result = _sandbox.Run<Talking>($"Talk --verbosity {verbosity}");
        foreach (var text in shown.Split(','))
            Assert.Contains(text, result.Out);
        foreach (var text in hidden.Split(',', StringSplitOptions.RemoveEmptyEntries))
            Assert.DoesNotContain(text, result.Out);
        var log = (_sandbox.Root / ".nuke" / "temp" / "build.log").ReadAllText();
        foreach (var text in new[] { "VRB at verbose", "DBG at debug", "WRN at warning", "OUT from a tool" })
            Assert.Contains(text, log);
    }

    [Theory]
    [InlineData(true, null, true)]
    [InlineData(true, "1", false)]
    [InlineData(false, null, false)]
    public void Colour_is_for_terminals_without_NO_COLOR(bool isTerminal, string? noColour, bool isColourful)
    {
        if (noColour is not null)
            _sandbox.Environment["NO_COLOR"] = noColour;
        using var output = new StringWriter();
        Notes.Begin();
        NukeBuild.Execute<Talking>(_sandbox.Invocation("Talk", output, output) with { OutputIsTerminal = isTerminal });
        Assert.Equal(isColourful, output.ToString().Contains('\e', StringComparison.Ordinal));
    }

    [Fact]
    public void The_help_lists_targets_with_what_they_need_and_parameters_in_a_hundred_columns()
    {
        var help = _sandbox.Run<Talking>("--help", x => x.Talk).Out;
        Assert.Contains("Talk (default)", help);
        Assert.Contains("-> Prepare", help);
        Assert.Contains("--manner", help);
        Assert.Contains("One of Verbose, Normal, Minimal, Quiet.", help);
        Assert.Contains("--json", help);
        Assert.DoesNotContain("\n  Prepare", help);
        Assert.All(help.Split('\n'), line => Assert.True(line.Length <= 100, line));
    }

    [Fact]
    public void The_plan_is_shown_in_its_order_with_reasons_and_nothing_runs()
    {
        var result = _sandbox.Run<Talking>("ATargetWithAnExceptionallyLongName --plan");
        Assert.Empty(result.Notes);
        Assert.Matches(@"1  .*Prepare", result.Out);
        Assert.Contains("asked for", result.Out);
        Assert.Contains("after Talk", result.Out);
        Assert.Contains("triggered by Talk", result.Out);
        Assert.Contains("default", _sandbox.Run<Talking>("--plan", x => x.Talk).Out);
    }

    [Fact]
    public void The_summary_names_what_went_wrong_and_a_type_only_where_nobody_foresaw_it()
    {
        var result = _sandbox.Run<Talking>("Break");
        Assert.Contains("< 1 s   // Error: the answer is no" + Environment.NewLine, result.Out);
        Assert.Contains("< 1 s   // FormatException: not foreseen" + Environment.NewLine, result.Out);
        Assert.Contains("Next: " + Commands.Script, result.Out);
        Assert.DoesNotContain("Next: ", _sandbox.Run<Talking>("Refuse").Out);
    }

    [Theory]
    [InlineData(0, "< 1 s")]
    [InlineData(1, "0:01")]
    [InlineData(3725, "62:05")]
    public void Durations_are_short(int seconds, string text) => Assert.Equal(text, SummaryTable.Format(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void A_log_file_that_cannot_be_written_is_a_warning()
    {
        (_sandbox.Root / ".nuke" / "temp").WriteAllText("in the way");
        var result = _sandbox.Run<Talking>("Follow");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("The log cannot be written", result.Out);
        Assert.Contains("--continue will not know this attempt", result.Out);
    }

    [Fact]
    public void A_logger_outside_of_a_run_is_silent()
    {
        SerilogBridge.Install();
        Log.Information("nobody listens");
        Assert.Null(BuildSession.CurrentOrNull);
    }
}
