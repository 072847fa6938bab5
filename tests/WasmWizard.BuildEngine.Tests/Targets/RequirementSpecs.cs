namespace WasmWizard.Tests.BuildEngine.Targets;

/// <summary>Rule 5 and 1.3: what must hold before anything runs. Stricter than NUKE: never asks at a prompt, lists all that is missing, exit 2.</summary>
public sealed class RequirementSpecs : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    private sealed class Demanding : NotingBuild
    {
        [Parameter] private readonly string? Registry;
        [Parameter, Secret] private readonly string? ApiKey;
        [Parameter] private readonly int? Count;
        [PathVariable("no-such-program"), Optional] private readonly Tool? Absent;
        private readonly string _text = "x";

        private Target First => _ => _.Executes(Note("First"));
        private Target Needs => _ => _.DependsOn(First).Requires(() => Registry, () => ApiKey).Requires(() => Count).Requires(() => Count > 1 && _text.Length == 1).Executes(Note("Needs"));
        private Target NeedsToo => _ => _.DependsOn(Needs).Requires(() => Registry).Requires(() => Absent!).Executes(Note("NeedsToo"));
        private Target NeedsGit => _ => _.Requires<GitTasks>().Requires<DotNetTasks>().Executes(Note("NeedsGit"));
        private Target NeedsOther => _ => _.Requires<NoSuchTool>().Requires<GitTasks>("99.98.97").Executes(Note("NeedsOther"));
    }

    private sealed class NoSuchTool : IRequireTool
    {
        public static string Executable => "no-such-program";
    }

    [Fact]
    public void All_that_is_missing_is_listed_at_once_with_how_to_give_it_and_nothing_runs()
    {
        var result = _sandbox.Run<Demanding>("NeedsToo --registry=");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Needs and NeedsToo require a value of Registry: give --registry or set NUKE_REGISTRY.", result.Err);
        Assert.Contains("Needs requires a value of ApiKey: set NUKE_API_KEY.", result.Err);
        Assert.Contains("Needs requires a value of Count: give --count or set NUKE_COUNT.", result.Err);
        Assert.Contains("Needs requires that ((Count > ", result.Err.Replace("this.", "", StringComparison.Ordinal));
        Assert.Contains("NeedsToo requires a value of Absent.", result.Err);
        Assert.Empty(result.Notes);
    }

    [Fact]
    public void With_everything_given_it_runs()
    {
        _sandbox.Environment["NUKE_API_KEY"] = "top-secret-value";
        Assert.Equal("First Needs", _sandbox.Run<Demanding>("Needs --registry here --count 2").Order);
    }

    [Fact]
    public void Programs_are_looked_for_on_the_path()
    {
        Assert.Equal(0, _sandbox.Run<Demanding>("NeedsGit").ExitCode);
        var result = _sandbox.Run<Demanding>("NeedsOther");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("requires the program no-such-program, which is not on the PATH", result.Err);
        Assert.Contains("requires git 99.98.97, but another version", result.Err);
    }

    private sealed class Whole : NotingBuild
    {
        [Parameter, Required] private readonly string? Always;

        private Target Any => _ => _.Executes(Note("Any"));
    }

    [Fact]
    public void A_required_member_is_required_by_every_run()
    {
        Assert.Contains("This build requires a value of Always", _sandbox.Run<Whole>("Any").Err);
        Assert.Equal("Any", _sandbox.Run<Whole>("Any --always here").Order);
    }
}
