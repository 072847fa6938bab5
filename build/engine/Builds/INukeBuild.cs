using System.Linq.Expressions;
using WasmWizard.BuildEngine.IO;
using WasmWizard.BuildEngine.Tooling;

namespace WasmWizard.BuildEngine;

/// <summary>What a component sees of the build it belongs to. Components are interfaces that extend this one and bring targets as default members.</summary>
public interface INukeBuild
{
    /// <summary>The folder that holds <c>.nuke</c>.</summary>
    AbsolutePath RootDirectory { get; }

    /// <summary><c>.nuke/temp</c>; not created by reading it.</summary>
    AbsolutePath TemporaryDirectory { get; }

    /// <summary>The compiled build.</summary>
    AbsolutePath BuildAssemblyFile { get; }

    /// <summary>The folder of the compiled build.</summary>
    AbsolutePath BuildAssemblyDirectory { get; }

    /// <summary>The build's project file, or null when the compiled build lies outside its project.</summary>
    AbsolutePath? BuildProjectFile { get; }

    /// <summary>The folder of <see cref="BuildProjectFile"/>.</summary>
    AbsolutePath? BuildProjectDirectory { get; }

    /// <summary>Not on a build server.</summary>
    bool IsLocalBuild { get; }

    /// <summary>On a build server.</summary>
    bool IsServerBuild { get; }

    /// <summary>Where the build runs.</summary>
    Host Host { get; }

    /// <summary>How much is printed.</summary>
    Verbosity Verbosity { get; }

    /// <summary>The planned targets in order.</summary>
    IReadOnlyCollection<ExecutableTarget> ExecutionPlan { get; }

    /// <summary>The targets the command line names.</summary>
    IReadOnlyCollection<ExecutableTarget> InvokedTargets { get; }

    /// <summary>Planned targets that were left out.</summary>
    IReadOnlyCollection<ExecutableTarget> SkippedTargets { get; }

    /// <summary>Planned targets that are still to run.</summary>
    IReadOnlyCollection<ExecutableTarget> ScheduledTargets { get; }

    /// <summary>Targets that run now.</summary>
    IReadOnlyCollection<ExecutableTarget> RunningTargets { get; }

    /// <summary>Targets that were running at a cancellation.</summary>
    IReadOnlyCollection<ExecutableTarget> AbortedTargets { get; }

    /// <summary>Targets that failed.</summary>
    IReadOnlyCollection<ExecutableTarget> FailedTargets { get; }

    /// <summary>Targets that succeeded.</summary>
    IReadOnlyCollection<ExecutableTarget> SucceededTargets { get; }

    /// <summary>Targets that succeeded, failed, were aborted or are collective.</summary>
    IReadOnlyCollection<ExecutableTarget> FinishedTargets { get; }

    /// <summary>Nothing has failed so far.</summary>
    bool IsSucceeding { get; }

    /// <summary>Something failed, was aborted or did not run.</summary>
    bool IsFailing { get; }

    /// <summary>Nothing is left to run.</summary>
    bool IsFinished { get; }

    /// <summary>Replaces the exit code that the outcome would give. The outcome itself stays.</summary>
    int? ExitCode { get; set; }

    /// <summary>The part of divided work to do. Whole without <c>--partition</c>.</summary>
    Partition Partition { get; }

    /// <summary>Requested by Ctrl+C, SIGTERM and SIGHUP. Pass it to everything that waits.</summary>
    CancellationToken Cancellation { get; }

    /// <summary>Replaces the running target's pairs in the summary.</summary>
    /// <exception cref="InvalidOperationException">No target is running.</exception>
    void ReportSummary(Configure<Dictionary<string, string>> configurator);

    /// <summary>
    /// Publishes a target's JSON document: written to <c>artifacts/&lt;target in lower case&gt;.json</c>, and with <c>--json</c> printed on stdout
    /// when the build ends, also when it fails. Of several documents the one of the target that was invoked last is printed.
    /// </summary>
    void PublishDocument(string target, string json);

    /// <summary>The value of a parameter or injected member, null without one: <c>[Parameter] string ApiKey => TryGetValue(() => ApiKey);</c></summary>
    T? TryGetValue<T>(Expression<Func<T?>> parameterExpression) where T : class;

    /// <summary>The same for values: <c>[Parameter] int Retries => TryGetValue&lt;int?&gt;(() => Retries) ?? 3;</c></summary>
    T? TryGetValue<T>(Expression<Func<object?>> parameterExpression);
}
