using System.Linq.Expressions;
using WasmWizard.BuildEngine.IO;
using WasmWizard.BuildEngine.Tooling;

namespace WasmWizard.BuildEngine;

/// <summary>The base of a build: derive, declare targets and parameters as members, and return <see cref="Execute{T}(Func{T, Target}[])"/> from Main.</summary>
public abstract partial class NukeBuild : INukeBuild
{
    /// <summary>Members of a build are initialised inside its run, so that they can use <see cref="RootDirectory"/>.</summary>
    protected NukeBuild() => Session = BuildSession.CurrentOrNull;

    /// <inheritdoc cref="INukeBuild.RootDirectory"/>
    public static AbsolutePath RootDirectory => BuildSession.Current.Root;

    /// <inheritdoc cref="INukeBuild.TemporaryDirectory"/>
    public static AbsolutePath TemporaryDirectory => BuildSession.Current.TemporaryDirectory;

    /// <inheritdoc cref="INukeBuild.BuildAssemblyFile"/>
    public static AbsolutePath BuildAssemblyFile => BuildLocations.AssemblyFile(BuildSession.Current);

    /// <inheritdoc cref="INukeBuild.BuildAssemblyDirectory"/>
    public static AbsolutePath BuildAssemblyDirectory => BuildAssemblyFile.Parent!;

    /// <inheritdoc cref="INukeBuild.BuildProjectFile"/>
    public static AbsolutePath? BuildProjectFile => BuildLocations.ProjectFile(BuildSession.Current);

    /// <inheritdoc cref="INukeBuild.BuildProjectDirectory"/>
    public static AbsolutePath? BuildProjectDirectory => BuildProjectFile?.Parent;

    /// <inheritdoc cref="INukeBuild.IsLocalBuild"/>
    public static bool IsLocalBuild => !IsServerBuild;

    /// <inheritdoc cref="INukeBuild.IsServerBuild"/>
    public static bool IsServerBuild => Host is IBuildServer;

    /// <inheritdoc cref="INukeBuild.Host"/>
    public static Host Host => BuildSession.Current.Host;

    /// <inheritdoc cref="INukeBuild.Verbosity"/>
    public static Verbosity Verbosity
    {
        get => BuildSession.Current.Verbosity;
        set => BuildSession.Current.Verbosity = value;
    }

    /// <summary>The profiles of <c>--profile</c>, the weakest first.</summary>
    public static string[] LoadedLocalProfiles => [.. BuildSession.Current.Profiles];

    AbsolutePath INukeBuild.RootDirectory => RootDirectory;

    AbsolutePath INukeBuild.TemporaryDirectory => TemporaryDirectory;

    AbsolutePath INukeBuild.BuildAssemblyFile => BuildAssemblyFile;

    AbsolutePath INukeBuild.BuildAssemblyDirectory => BuildAssemblyDirectory;

    AbsolutePath? INukeBuild.BuildProjectFile => BuildProjectFile;

    AbsolutePath? INukeBuild.BuildProjectDirectory => BuildProjectDirectory;

    bool INukeBuild.IsLocalBuild => IsLocalBuild;

    bool INukeBuild.IsServerBuild => IsServerBuild;

    Host INukeBuild.Host => Host;

    Verbosity INukeBuild.Verbosity => Verbosity;

    /// <summary>Runs this process's command line against a build.</summary>
    /// <param name="defaultTargets">What runs when the command line names nothing; without any the help text is shown.</param>
    /// <returns>0 done, 1 unexpected failure, 2 usage, 130 cancelled, or what the build decided (<see cref="ExitCode"/>, <see cref="BuildFailedException"/>).</returns>
    protected static int Execute<T>(params Func<T, Target>[] defaultTargets)
        where T : NukeBuild, new() => Execute(BuildInvocation.FromProcess(), defaultTargets);

    /// <summary>Runs a build with everything from outside given: the seam for tests and for builds inside other programs.</summary>
    public static int Execute<T>(BuildInvocation invocation, params Func<T, Target>[] defaultTargets)
        where T : NukeBuild, new()
    {
        ArgumentNullException.ThrowIfNull(invocation);
        return new BuildRun(invocation, static () => new T(), build => Array.ConvertAll(defaultTargets, target => target((T)build))).Execute();
    }

    /// <inheritdoc/>
    public void ReportSummary(Configure<Dictionary<string, string>> configurator)
    {
        ArgumentNullException.ThrowIfNull(configurator);
        var target = RequireSession().RunningTarget.Value
            ?? throw new InvalidOperationException("ReportSummary belongs to a running target: call it inside Executes.");
        target.SummaryInformation = configurator([]) ?? [];
        Extensions.Call<IOnTargetSummaryUpdated>(extension => extension.OnTargetSummaryUpdated(this, target));
    }

    /// <inheritdoc/>
    public void PublishDocument(string target, string json) =>
        RequireSession().Documents.Publish(target, json, RequireSession().Root, RequireSession().Output.Redactor);

    /// <inheritdoc/>
    public T? TryGetValue<T>(Expression<Func<T?>> parameterExpression)
        where T : class => (T?)ValueOf(parameterExpression);

    /// <inheritdoc/>
    public T? TryGetValue<T>(Expression<Func<object?>> parameterExpression) => ValueOf(parameterExpression) is T value ? value : default;

    /// <summary>Parameters have their values, targets are known; before the plan. For hooks that must see every run, also <c>--help</c>.</summary>
    protected internal virtual void OnBuildCreated() { }

    /// <summary>The plan is known and everything is injected; before the first target.</summary>
    protected internal virtual void OnBuildInitialized() { }

    /// <summary>After the last target, before the summary.</summary>
    protected internal virtual void OnBuildFinished() { }

    /// <summary>A target with actions begins.</summary>
    protected internal virtual void OnTargetRunning(string target) { }

    /// <summary>A target was left out.</summary>
    protected internal virtual void OnTargetSkipped(string target) { }

    /// <summary>A target's actions returned.</summary>
    protected internal virtual void OnTargetSucceeded(string target) { }

    /// <summary>A target failed or was aborted.</summary>
    protected internal virtual void OnTargetFailed(string target) { }

    private object? ValueOf(LambdaExpression expression) =>
        (Injection ?? throw new InvalidOperationException("Parameters have no values yet: the build's members are still being created.")).ValueOf(MemberExpressions.MemberOf(expression));

    private BuildSession RequireSession() => Session ?? throw new InvalidOperationException("This build was created outside of Execute and cannot run.");
}
