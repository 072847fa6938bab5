namespace WasmWizard.Tests.BuildEngine.Targets;

/// <summary>Rule 8: what happens in which order. Follows NUKE, but nothing is injected, asked or logged for help and plan.</summary>
public sealed class LifecycleSpecs : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    private sealed class Asked : NotingBuild
    {
        [Parameter] private readonly string Name = "initial";
        [Late] private readonly string? Injected;

        public Asked() => Notes.Add($"constructor {RootDirectory.Name == TemporaryDirectory.Parent!.Parent!.Name} {Name}");

        public Target Any => _ => _.Executes(Note("Any"));

        protected internal override void OnBuildCreated()
        {
            Log.Information("created");
            Notes.Add($"created {Name} {Injected ?? "null"} {ExecutionPlan.Count}");
        }

        protected internal override void OnBuildInitialized() => Notes.Add($"initialized {Injected} {ExecutionPlan.Count}");

        protected internal override void OnBuildFinished() => Notes.Add($"finished {IsFinished}");
    }

    private sealed class LateAttribute : ValueInjectionAttributeBase
    {
        public override object? GetValue(System.Reflection.MemberInfo member, object instance)
        {
            Notes.Add($"asked for {member.Name}");
            return "late";
        }
    }

    [Fact]
    public void Hooks_and_injection_come_in_their_order() =>
        Assert.Equal(
            ["constructor True initial", "created given null 0", "asked for Injected", "initialized late 1", "Any", "finished True"],
            _sandbox.Run<Asked>("--name given", x => x.Any).Notes);

    [Theory]
    [InlineData("--help", false)]
    [InlineData("--list", false)]
    [InlineData("Any --explain Any", false)]
    [InlineData("Any --plan", true)]
    public void Questions_inject_nothing_and_leave_no_files_but_the_plan_its_page(string commandLine, bool leavesPage)
    {
        var result = _sandbox.Run<Asked>(commandLine);
        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain("asked for Injected", result.Notes);
        var files = _sandbox.Root.GlobFiles("**/*").Select(file => file.Name);
        Assert.Equal(leavesPage ? ["plan.html"] : [], files);
    }

    [Fact]
    public void Without_a_default_target_the_help_is_shown()
    {
        Assert.Contains("Targets", _sandbox.Run<Asked>().Out);
        Assert.Contains("Any", _sandbox.Run<Asked>("", x => x.Any).Notes);
    }

    private abstract class Inherited : NotingBuild
    {
        public virtual Target Any => _ => _.Executes(() => Notes.Add("inherited"));
    }

    private sealed class Overriding : Inherited
    {
        public override Target Any => _ => _.Executes(() => Notes.Add("overridden"));
    }

    [Fact]
    public void A_default_that_is_named_by_a_base_class_is_the_override() =>
        Assert.Equal(["overridden"], _sandbox.Run<Overriding>("", x => ((Inherited)x).Any).Notes);

    [Fact]
    public void A_default_that_is_no_target_member_is_refused()
    {
        var result = _sandbox.Run<Asked>("", _ => _ => _);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Execute names something that is not a target member", result.All);
    }

    private sealed class FailingConstructor : NotingBuild
    {
        public FailingConstructor() => throw new InvalidOperationException("cannot be made");
    }

    [Fact]
    public void A_build_that_cannot_be_made_names_the_cause_and_where_the_trace_is()
    {
        var result = _sandbox.Run<FailingConstructor>("Any");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("InvalidOperationException: cannot be made", result.Err);
        Assert.Contains("build.log", result.Err);
        Assert.Contains("   at ", (_sandbox.Root / ".nuke" / "temp" / "build.log").ReadAllText());
    }

    private sealed class FailingInjection : NotingBuild
    {
        [Breaks] private readonly string Kept = "kept";
        [Breaks, Optional] private readonly string Muted = "muted";

        private Target Any => _ => _.Executes(() => Notes.Add($"{Kept} {Muted}"));
    }

    private sealed class BreaksAttribute : ValueInjectionAttributeBase
    {
        public override object? GetValue(System.Reflection.MemberInfo member, object instance) => throw new InvalidOperationException("no value today");
    }

    [Fact]
    public void A_value_that_cannot_be_injected_is_one_warning_and_leaves_the_initializer()
    {
        var result = _sandbox.Run<FailingInjection>("Any");
        Assert.Equal("kept muted", result.Order);
        Assert.Contains("Kept stays empty: no value today", result.Out);
        Assert.DoesNotContain("Muted stays empty", result.Out);
    }

    private sealed class Facts : NotingBuild
    {
        private Target Any => _ => _.Executes(() =>
        {
            INukeBuild self = this;
            Notes.Add($"{self.RootDirectory == RootDirectory} {self.IsLocalBuild} {self.IsServerBuild} {self.Host} {self.Verbosity} {self.TemporaryDirectory == TemporaryDirectory}");
            Notes.Add($"{self.BuildAssemblyFile.Name} {self.BuildAssemblyDirectory == BuildAssemblyDirectory} {self.BuildProjectFile?.Name} {self.BuildProjectDirectory == BuildProjectDirectory}");
            Notes.Add($"{NoLogo} {Plan} {Help} {Continue} {Partition} {string.Join(',', Partition.GetCurrent([1, 2, 3, 4, 5]))} {string.Join(',', LoadedLocalProfiles)} {Cancellation.IsCancellationRequested}");
            Verbosity = Verbosity.Quiet;
            Log.Information("not shown any more");
        });
    }

    [Fact]
    public void The_build_knows_where_and_how_it_runs()
    {
        var result = _sandbox.Run<Facts>("Any --no-logo --partition 2/3 --verbosity verbose");
        Assert.Equal(
            ["True True False Terminal Verbose True", "WasmWizard.BuildEngine.Tests.dll True WasmWizard.BuildEngine.Tests.csproj True", "True False False False 2/3 2,5  False"],
            result.Notes);
        Assert.DoesNotContain("Wasm Wizard build engine", result.Out);
        Assert.DoesNotContain("not shown", result.Out);
    }

    [Fact]
    public void A_partition_has_to_be_a_part_and_a_total() => Assert.Contains("--partition must be", _sandbox.Run<Facts>("Any --partition 4/3").Err);

    [Fact]
    public void The_root_is_the_nearest_folder_upward_with_the_marker_or_what_is_given()
    {
        var deep = (_sandbox.Root / "a" / "b").CreateDirectory();
        using var output = new StringWriter();
        Notes.Begin();
        Assert.Equal(0, NukeBuild.Execute<Facts>(_sandbox.Invocation("Any", output, output) with { WorkingDirectory = deep }));
        Assert.Equal(0, _sandbox.Run<Facts>("Any --root").ExitCode);
        Assert.Equal(0, _sandbox.Run<Facts>("Any --root a").ExitCode);
        Assert.True((_sandbox.Root / "a" / ".nuke" / "temp" / "build.log").FileExists());
        var result = _sandbox.Run<Facts>("Any --root nowhere");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("does not exist", result.Err);
    }

    [Fact]
    public void Outside_of_any_root_the_fault_says_what_is_looked_for()
    {
        (_sandbox.Root / ".nuke").DeleteDirectory();
        var result = _sandbox.Run<Facts>("Any");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("holds .nuke", result.Err);
    }

    [Fact]
    public void Outside_of_a_run_the_static_members_say_so()
    {
        Assert.Contains("No build is running", Assert.Throws<InvalidOperationException>(() => NukeBuild.RootDirectory).Message);
        Assert.Contains("cannot run", Assert.Throws<InvalidOperationException>(() => new Facts().ReportSummary(_ => _)).Message);
        Assert.Null(Host.Instance);
    }
}
