namespace WasmWizard.BuildEngine;

public abstract partial class NukeBuild
{
    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> ExecutionPlan { get; internal set; } = [];

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> InvokedTargets { get; internal set; } = [];

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> SkippedTargets => With(ExecutionStatus.Skipped);

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> ScheduledTargets => With(ExecutionStatus.Scheduled);

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> RunningTargets => With(ExecutionStatus.Running);

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> AbortedTargets => With(ExecutionStatus.Aborted);

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> FailedTargets => With(ExecutionStatus.Failed);

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> SucceededTargets => With(ExecutionStatus.Succeeded);

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> FinishedTargets =>
        With(ExecutionStatus.Succeeded, ExecutionStatus.Failed, ExecutionStatus.Aborted, ExecutionStatus.Collective);

    /// <inheritdoc/>
    public bool IsSucceeding => !IsFailing;

    /// <inheritdoc/>
    public bool IsFailing => With(ExecutionStatus.Failed, ExecutionStatus.Aborted, ExecutionStatus.NotRun).Count > 0;

    /// <inheritdoc/>
    public bool IsFinished => With(ExecutionStatus.Scheduled, ExecutionStatus.Running).Count == 0;

    /// <inheritdoc/>
    public int? ExitCode { get; set; }

    /// <inheritdoc/>
    public Partition Partition { get; internal set; } = Partition.Whole;

    /// <inheritdoc/>
    public CancellationToken Cancellation => Session?.Cancellation.Token ?? CancellationToken.None;

    /// <summary>Whether <c>--plan</c> was given.</summary>
    public bool Plan => IsGiven(BuiltInParameters.Plan);

    /// <summary>Whether <c>--help</c> was given.</summary>
    public bool Help => IsGiven(BuiltInParameters.Help);

    /// <summary>Whether <c>--no-logo</c> was given.</summary>
    public bool NoLogo => IsGiven(BuiltInParameters.NoLogo);

    /// <summary>Whether <c>--continue</c> was given.</summary>
    public bool Continue => IsGiven(BuiltInParameters.Continue);

    internal BuildSession? Session { get; }

    internal ParameterSet? Parameters { get; set; }

    internal BuildExtensions Extensions => field ??= new BuildExtensions(this);

    internal ValueInjection? Injection { get; set; }

    /// <summary>Every target of the build in the order of declaration, planned or not.</summary>
    public IReadOnlyCollection<ExecutableTarget> AllTargets => Targets;

    internal IReadOnlyList<ExecutableTarget> Targets { get; set; } = [];

    internal bool IsGiven(ParameterDefinition definition) => Parameters?.IsSet(definition) ?? false;

    private List<ExecutableTarget> With(params ReadOnlySpan<ExecutionStatus> statuses)
    {
        var found = new List<ExecutableTarget>();
        foreach (var target in ExecutionPlan)
            if (statuses.Contains(target.Status))
                found.Add(target);
        return found;
    }
}
