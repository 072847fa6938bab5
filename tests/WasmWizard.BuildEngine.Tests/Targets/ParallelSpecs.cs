using System.Collections.Concurrent;

namespace WasmWizard.Tests.BuildEngine.Targets;

/// <summary>Several targets at once, with real threads and children. NUKE runs one after the other; what a run means stays the same.</summary>
public sealed class ParallelSpecs : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    private sealed class Pair : NotingBuild
    {
        private readonly Barrier _meeting = new(2);

        private Target Left => _ => _.Executes(() => Meet("left"));
        private Target Right => _ => _.Executes(() => Meet("right"));
        private Target Both => _ => _.DependsOn(Left, Right).Executes(Note("both"));

        private void Meet(string side)
        {
            Log.Information("{Side} one", side);
            Assert.True(_meeting.SignalAndWait(s_patience), "The other target does not run.");
            Log.Information("{Side} two", side);
            ProcessTasks.StartShell($"echo {side} three", logInvocation: false).AssertZeroExitCode();
            Assert.True(_meeting.SignalAndWait(s_patience));
        }
    }

    [Fact]
    public void Unordered_targets_run_at_once_and_their_output_stays_together()
    {
        var result = _sandbox.Run<Pair>("Both --jobs 2");
        Assert.Equal(0, result.ExitCode);
        var lines = result.Out.Split('\n').Select(line => line.Trim()).ToList();
        foreach (var side in new[] { "left", "right" })
        {
            var first = lines.FindIndex(line => line.EndsWith($"{side} one", StringComparison.Ordinal));
            Assert.EndsWith($"{side} two", lines[first + 1]);
            Assert.Equal($"{side} three", lines[first + 2]);
        }

        Assert.Matches(@"Critical path: (Left|Right) < 1 s -> Both < 1 s; work of < 1 s on 2 jobs\.", result.Out);
    }

    [Fact]
    public void On_GitHub_each_target_is_one_group()
    {
        _sandbox.Environment["GITHUB_ACTIONS"] = "true";
        var lines = _sandbox.Run<Pair>("Both --jobs 2").Out.Split('\n').Where(line => line.StartsWith("::", StringComparison.Ordinal)).ToList();
        Assert.Equal(["::group::", "::endgroup"], lines.Select(line => line[..10] == "::endgroup" ? "::endgroup" : "::group::").Distinct());
        for (var index = 0; index < lines.Count; index += 2)
            Assert.Equal(lines[index].Replace("::group::", "", StringComparison.Ordinal), lines[index + 1].Replace("::endgroup::", "", StringComparison.Ordinal));
    }

    private sealed class Counting : NukeBuild
    {
        private int _running;

        public static ConcurrentQueue<int> Beside { get; } = new();

        private Target One => _ => _.Lock("folder").Executes(Count);
        private Target Two => _ => _.Lock("folder").Executes(Count);
        private Target Three => _ => _.Lock("other", "folder").Executes(Count);
        private Target Four => _ => _.Alone().Executes(Count);

        private void Count()
        {
            Beside.Enqueue(Interlocked.Increment(ref _running));
            Thread.Yield();
            Interlocked.Decrement(ref _running);
        }
    }

    [Fact]
    public void A_lock_and_Alone_keep_targets_apart()
    {
        Assert.Equal(0, _sandbox.Run<Counting>("One Two Three Four --jobs 4").ExitCode);
        Assert.Equal([1, 1, 1, 1], Counting.Beside);
    }

    private sealed class Queue : HookedBuild
    {
        private readonly ManualResetEventSlim _besideRuns = new(), _secondRuns = new(), _besideEnded = new();

        // Later declared runs first: the plan is Beside, First, Second.
        private Target Second => _ => _.Lock("folder").Executes(_secondRuns.Set, () => Assert.True(_besideEnded.Wait(s_patience)));
        private Target First => _ => _.Lock("folder").Executes(() => Assert.True(_besideRuns.Wait(s_patience)));
        private Target Beside => _ => _.Executes(_besideRuns.Set, () => Assert.True(_secondRuns.Wait(s_patience)));

        protected internal override void OnTargetSucceeded(string target)
        {
            if (target == nameof(Beside))
                _besideEnded.Set();
        }
    }

    [Fact]
    public void The_critical_path_leads_over_what_had_the_lock()
    {
        var result = _sandbox.Run<Queue>("First Second Beside --jobs 2");
        Assert.Contains("Critical path: First < 1 s -> Second < 1 s; work of", result.Out);
    }

    private sealed class Failing : HookedBuild
    {
        private readonly ManualResetEventSlim _isBroken = new();

        // Later declared runs first: the plan is Broken, Runs, Late, Sure.
        private Target Sure => _ => _.After(Late).AssuredAfterFailure().Executes(Note("Sure"));
        private Target Late => _ => _.After(Runs).Executes(Note("Late"));
        private Target Runs => _ => _.Executes(() => Assert.True(_isBroken.Wait(s_patience)), Note("Runs"));
        private Target Broken => _ => _.Executes(() => throw new BuildFailedException(7, "broken"));

        protected internal override void OnTargetFailed(string target) => _isBroken.Set();
    }

    [Fact]
    public void After_a_failure_what_runs_ends_and_only_assured_targets_start()
    {
        var result = _sandbox.Run<Failing>("Late Sure Runs Broken --jobs 2");
        Assert.Equal(7, result.ExitCode);
        Assert.Contains("Runs", result.Notes);
        Assert.Contains("Sure", result.Notes);
        Assert.DoesNotContain("Late", result.Notes);
        Assert.Matches(@"Late\s+Not run", result.Out);
        Assert.Matches(@"Runs\s+Succeeded", result.Out);
    }

    private sealed class Cancelled : HookedBuild
    {
        private readonly CountdownEvent _started = new(2);

        private Target Cleanup => _ => _.AssuredAfterFailure().After(Left, Right).Executes(
            () => ProcessTasks.StartShell("echo swept", logInvocation: false).AssertZeroExitCode(), Note("Cleanup"));

        private Target Left => _ => _.Executes(() => Sleep());
        private Target Right => _ => _.Executes(() => Sleep());
        private Target Next => _ => _.DependsOn(Left, Right).Executes(Note("Next"));
        private Target Stops => _ => _.Executes(() =>
        {
            Assert.True(_started.Wait(s_patience));
            StopNow!();
        });

        public static Action? StopNow { get; set; }

        private void Sleep() => ProcessTasks.StartShell("echo started; sleep 600 & wait", logger: (_, _) => _started.Signal()).AssertZeroExitCode();
    }

    [Fact]
    public void A_cancellation_ends_the_children_of_all_and_then_cleans_up_once()
    {
        Cancelled.StopNow = _sandbox.Cancellation.Cancel;
        var result = _sandbox.Run<Cancelled>("Cleanup Next Stops --jobs 3");
        Assert.Equal(130, result.ExitCode);
        Assert.Single(result.Notes, "Cleanup");
        Assert.DoesNotContain("Next", result.Notes);
        Assert.Contains("swept", result.Out);
        Assert.Matches(@"Left\s+Aborted", result.Out);
        Assert.Matches(@"Right\s+Aborted", result.Out);
    }

    private sealed class BadHook : NotingBuild
    {
        private Target Any => _ => _.Executes(() => throw new InvalidOperationException("broke"));
        private Target Other => _ => _.After(Any).Executes(Note("Other"));

        protected internal override void OnTargetFailed(string target) => throw new InvalidOperationException("hook broke");
    }

    [Fact]
    public void A_hook_that_throws_ends_the_run()
    {
        var result = _sandbox.Run<BadHook>("Any Other --jobs 2");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("hook broke", result.Err);
        Assert.DoesNotContain("Other", result.Notes);
    }

    private sealed class Makers : NotingBuild
    {
        private Target One => _ => _.Outputs("out/*.txt").Produces("same/**").Executes(Note("One"));
        private Target Two => _ => _.Outputs(RootDirectory / "out" / "a*").Produces("same/**").Executes(Note("Two"));
        private Target Three => _ => _.After(One).Outputs("out").Executes(Note("Three"));
        private Target Other => _ => _.Outputs("out2/**", "out/b.bin").Executes(Note("Other"));
    }

    [Theory]
    [InlineData("One Two", false)]
    [InlineData("One Three", true)]
    [InlineData("Two Three", false)]
    [InlineData("One Other", true)]
    [InlineData("Three Other", false)]
    public void Outputs_that_overlap_must_be_ordered(string commandLine, bool isFine)
    {
        var result = _sandbox.Run<Makers>(commandLine);
        Assert.Equal(isFine ? 0 : 2, result.ExitCode);
        if (!isFine)
            Assert.Matches(@"\w+ and \w+ both make .+, and nothing orders them\. Add \.After\(\w+\) to \w+, or give each outputs of its own\.", result.Err);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-3")]
    [InlineData("5000")]
    public void The_number_of_jobs_has_bounds(string jobs)
    {
        var result = _sandbox.Run<Pair>($"Both --jobs {jobs}");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--jobs must be a number from 1 to 1024.", result.Err);
    }

    [Fact]
    public void Durations_are_kept_for_the_next_run()
    {
        _sandbox.Run<Makers>("One Three");
        var file = _sandbox.Root / ".nuke" / "temp" / "durations.tsv";
        Assert.Equal(["One", "Three"], file.ReadAllLines().Select(line => line.Split('\t')[0]));
        file.WriteAllText("One\t5\nnonsense\nThree\tx");
        Assert.Equal(0, _sandbox.Run<Makers>("One Three").ExitCode);
        Assert.Matches(@"^One\t2\.5\d\d\nThree\t0\.\d\d\d\n$", file.ReadAllText());
    }

    private sealed class Carrier : NukeBuild
    {
        private Target Run => _ => _.Executes(() =>
        {
            for (var seed = 0; seed < 200; seed++)
            {
                var serial = Scheduling.SerialOracle.Run(new Scheduling.RandomGraph(seed));
                var graph = new Scheduling.RandomGraph(seed);
                foreach (var target in graph.Plan)
                    target.Status = ExecutionStatus.Scheduled;
                var rules = new SkipRules(graph.Plan);
                rules.SkipByName(graph.Skipped);
                rules.SkipByStaticConditions();
                var runner = new TargetRunner(this, BuildSession.Current, rules);
                using var cancellation = new BuildCancellation(BuildSession.Current.Invocation);
                new ParallelPlanExecutor((seed % 4) + 1, PlanSchedule.Of(graph.Plan, rules, new Dictionary<string, TimeSpan>())).Execute(graph.Plan, runner, cancellation);
                foreach (var target in graph.Plan.Where(target => serial[target.Name] != ExecutionStatus.NotRun))
                    Assert.True(serial[target.Name] == target.Status, $"seed {seed}: {target.Name} serial {serial[target.Name]}, parallel {target.Status}");
                Assert.All(graph.Plan, target => Assert.NotEqual(ExecutionStatus.Scheduled, target.Status));
            }
        });
    }

    [Fact]
    public void With_threads_too_the_outcome_is_the_serial_one() => Assert.Equal(0, _sandbox.Run<Carrier>("Run --verbosity quiet").ExitCode);
}
