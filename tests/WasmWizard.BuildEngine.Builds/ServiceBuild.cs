/// <summary>A service: parameters, paths, facts computed once, targets in the order of their life.</summary>
public sealed class ServiceBuild : NukeBuild
{
    [Parameter] private readonly string Version = "1.0.0";

    [Parameter, Secret] private readonly string? DeployKey;

    [Parameter] private readonly bool Force;

    private string? _fullVersion;

    private AbsolutePath Site => RootDirectory / "output" / "site";

    protected override void OnBuildInitialized()
    {
        _fullVersion = $"{Version}+{(IsServerBuild ? "server" : "local")}";
        Log.Information("Version {Version}, {Count} targets asked for", _fullVersion, InvokedTargets.Count);
    }

    private Target Fetch => _ => _.Executes(() => Log.Information("fetch"));

    private Target Assets => _ => _
        .After(Fetch)
        .Inputs("web/**")
        .Outputs("output/site/assets/**")
        .Executes(() => (Site / "assets" / "all.css").WriteAllText("body { }"));

    private Target Site1 => _ => _
        .DependsOn(Fetch, Assets)
        .Executes(() => (Site / "version.txt").WriteAllText(_fullVersion!));

    private Target Smoke => _ => _
        .TriggeredBy(Site1)
        .OnlyWhenDynamic(() => Force || (Site / "version.txt").FileExists())
        .Executes(() => Log.Information("smoke {Text}", (Site / "version.txt").ReadAllText().Trim()));

    private Target Upload => _ => _
        .DependsOn(Site1)
        .Requires(() => DeployKey)
        .Requires(() => Version.Length > 0)
        .Executes(() => ProcessTasks.StartProcess("git", "--version", logInvocation: false).AssertZeroExitCode());

    private Target Notify => _ => _
        .DependentFor(Announce)
        .After(Upload)
        .Executes(() => Log.Information("notify"));

    private Target Announce => _ => _
        .After(Upload)
        .When(Force, _ => _.DependsOn(Upload))
        .Executes(() => Log.Information("announce"));

    private Target CleanUp => _ => _
        .AssuredAfterFailure()
        .After(Upload, Smoke)
        .Executes(() => Log.Information("clean up"));

    public static int Main() => Execute<ServiceBuild>(x => x.Site1);
}
