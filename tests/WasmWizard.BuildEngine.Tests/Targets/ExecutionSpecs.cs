namespace WasmWizard.Tests.BuildEngine.Targets;

/// <summary>Rules 6 and 7: statuses, failures, summary. Exit codes are ours (NUKE has 255 for everything).</summary>
public sealed class ExecutionSpecs : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    private sealed class Outcomes : HookedBuild
    {
        private Target Fine => _ => _.Executes(Note("Fine"), Note("Fine2"));
        private Target Collects => _ => _.DependsOn(Fine);
        private Target Broken => _ => _.DependsOn(Fine).Executes(() => throw new InvalidOperationException("broke\nsecond line"));
        private Target Next => _ => _.DependsOn(Broken).Executes(Note("Next"));
        private Target Sure => _ => _.After(Broken, Next).AssuredAfterFailure().Executes(Note("Sure"));
        private Target Tolerated => _ => _.ProceedAfterFailure().Executes(() => throw new BuildFailedException(4, "tolerated but failed"));
        private Target AfterTolerated => _ => _.DependsOn(Tolerated).Executes(Note("AfterTolerated"));
        private Target Overrides => _ => _.Executes(() => ExitCode = 3);
        private Target OverridesFailure => _ => _.Executes(() => { ExitCode = 5; throw new BuildFailedException(4, "no way back"); });
        private Target Usage => _ => _.Executes(() => throw new UsageException(["one thing", "another thing"]));
        private Target Asserts => _ => _.Executes(() => WasmWizard.BuildEngine.Assert.Fail("not as it has to be"));
        private Target Wrapped => _ => _.Executes(() => throw new AggregateException(new BuildFailedException(6, "inside")));
        private Target Reports => _ => _.Executes(() => ReportSummary(_ => _.AddPair("Old", 1)), () => ReportSummary(_ => _.AddPair("Packages", 7).AddPairWhenValueNotNull("None", null)));
    }

    [Fact]
    public void Actions_run_in_order_and_a_target_without_actions_is_collective_and_silent()
    {
        var result = _sandbox.Run<Outcomes>("Collects");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal("running:Fine Fine Fine2 succeeded:Fine", result.Order);
        Assert.DoesNotContain("Collects", result.Out);
    }

    [Fact]
    public void After_a_failure_only_assured_targets_run()
    {
        var result = _sandbox.Run<Outcomes>("Next Sure");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("running:Fine Fine Fine2 succeeded:Fine running:Broken failed:Broken running:Sure Sure succeeded:Sure", result.Order);
        Assert.Matches(@"Next\s+Not run", result.Out);
    }

    [Fact]
    public void A_failure_shows_its_first_line_the_place_of_the_trace_and_the_next_command_but_no_trace()
    {
        var result = _sandbox.Run<Outcomes>("Next --verbosity minimal");
        Assert.Contains("// InvalidOperationException: broke", result.Out);
        Assert.Contains("Build failed (exit 1) in Broken: InvalidOperationException: broke", result.Out);
        Assert.Contains("Next: " + Commands.Script + " Broken --verbosity minimal", result.Out);
        Assert.DoesNotContain("   at ", result.All);
        var log = _sandbox.Root / ".nuke" / "temp" / "build.log";
        Assert.Contains(log, result.Out);
        Assert.Contains("   at ", log.ReadAllText());
    }

    [Theory]
    [InlineData("AfterTolerated", 4)]
    [InlineData("Overrides", 3)]
    [InlineData("OverridesFailure", 5)]
    [InlineData("Usage", 2)]
    [InlineData("Asserts", 1)]
    [InlineData("Wrapped", 6)]
    [InlineData("Fine", 0)]
    public void The_exit_code_is_the_first_failures_unless_the_build_sets_it(string commandLine, int exitCode) =>
        Assert.Equal(exitCode, _sandbox.Run<Outcomes>(commandLine).ExitCode);

    [Fact]
    public void Proceeding_runs_what_depends_on_the_failure() => Assert.Contains("AfterTolerated", _sandbox.Run<Outcomes>("AfterTolerated").Notes);

    [Fact]
    public void A_set_exit_code_without_a_failure_is_named_at_the_end() => Assert.Contains("Build ended with exit code 3.", _sandbox.Run<Outcomes>("Overrides").Out);

    [Fact]
    public void Foreseen_failures_name_no_exception_at_the_end()
    {
        var result = _sandbox.Run<Outcomes>("Usage");
        Assert.Contains("one thing", result.Out);
        Assert.Contains("another thing", result.Out);
        Assert.DoesNotContain("full trace", result.Out);
    }

    [Fact]
    public void The_last_reported_summary_replaces_the_one_before()
    {
        var result = _sandbox.Run<Outcomes>("Reports");
        Assert.Contains("// Packages: 7", result.Out);
        Assert.DoesNotContain("Old", result.Out);
        Assert.DoesNotContain("None", result.Out);
    }

    private sealed class ReportsTooEarly : NotingBuild
    {
        private Target Any => _ => _.Executes(Note("Any"));

        protected internal override void OnBuildInitialized() => ReportSummary(_ => _.AddPair("Too", "early"));
    }

    [Fact]
    public void Reporting_outside_of_a_target_throws()
    {
        var result = _sandbox.Run<ReportsTooEarly>("Any");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("ReportSummary belongs to a running target", result.Err);
        Assert.Empty(result.Notes);
    }

    private sealed class RefusesToBegin : NotingBuild
    {
        private Target Any => _ => _.Executes(Note("Any"));

        protected internal override void OnBuildInitialized()
        {
            ExitCode = 2;
            Assert.Fail("the tree has uncommitted changes");
        }
    }

    [Fact]
    public void A_hook_that_fails_with_an_exit_code_of_its_own_ends_the_build_with_it_as_a_target_would()
    {
        var result = _sandbox.Run<RefusesToBegin>("Any");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("the tree has uncommitted changes", result.Err);
        Assert.Empty(result.Notes);
    }

    private sealed class Asynchronous : NotingBuild
    {
        private Target Tasks => _ => _
            .Executes(async () => { await Task.Yield(); Notes.Add("awaited"); })
            .Executes(Returns)
            .Executes(() => ReturnsValue())
            .Executes(Note("then"));

        private Target Faults => _ => _.Executes(async () => { await Task.Yield(); throw new BuildFailedException(7, "later"); });

        private static Task<int> Returns()
        {
            return Later();
            static async Task<int> Later()
            {
                await Task.Yield();
                Notes.Add("returned task");
                return 1;
            }
        }

        private static async ValueTask<int> ReturnsValue()
        {
            await Task.Yield();
            Notes.Add("never noted before its await");
            return 2;
        }
    }

    [Fact]
    public void A_task_is_awaited_also_where_the_compiler_binds_it_as_a_plain_result()
    {
        var notes = _sandbox.Run<Asynchronous>("Tasks").Notes;
        Assert.Equal("awaited", notes[0]);
        Assert.Equal("returned task", notes[1]);
        Assert.Contains("then", notes);
    }

    [Fact]
    public void A_faulted_task_fails_the_target() => Assert.Equal(7, _sandbox.Run<Asynchronous>("Faults").ExitCode);

    private sealed class States : NotingBuild
    {
        private Target Done => _ => _.Executes(Note("Done"));
        private Target Left => _ => _.OnlyWhenStatic(() => false).Executes(Note("Left"));
        private Target Group => _ => _.DependsOn(Done);
        private Target Ask => _ => _.DependsOn(Done, Group).DependsOn(Left).Executes(() =>
        {
            Notes.Add($"{SucceededTargets.Contains(Done)} {SkippedTargets.Contains(Left)} {RunningTargets.Contains(Ask)} {ScheduledTargets.Contains(Last)}");
            Notes.Add($"{FinishedTargets.Contains(Group)} {InvokedTargets.Contains(Ask)} {IsSucceeding} {IsFailing} {IsFinished} {FailedTargets.Count} {AbortedTargets.Count}");
        });
        private Target Last => _ => _.DependsOn(Ask).Executes(Note("Last"));
    }

    [Fact]
    public void Targets_can_ask_what_became_of_others() =>
        Assert.Equal(["Done", "True True True True", "True False True False False 0 0", "Last"], _sandbox.Run<States>("Last").Notes);

    private sealed class Flaky : NotingBuild
    {
        private Target One => _ => _.Executes(Note("One"));
        private Target Two => _ => _.DependsOn(One).Executes(() =>
        {
            Notes.Add("Two");
            if (!(RootDirectory / "fixed").FileExists())
                throw new BuildFailedException(1, "not fixed");
        });
    }

    [Fact]
    public void Continue_leaves_out_what_succeeded_in_an_attempt_with_the_same_words()
    {
        Assert.Equal("One Two", _sandbox.Run<Flaky>("Two").Order);
        (_sandbox.Root / "fixed").TouchFile();
        var result = _sandbox.Run<Flaky>("Two --continue");
        Assert.Equal("Two", result.Order);
        Assert.Contains("done in the last attempt", result.Out);
        Assert.Equal("One Two", _sandbox.Run<Flaky>("Two One --continue").Order);
    }
}
