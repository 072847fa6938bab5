namespace WasmWizard.BuildEngine;

/// <summary>How a run ended.</summary>
internal sealed record BuildOutcome(IReadOnlyCollection<ExecutableTarget> Plan, int ExitCode, bool IsCancelled, TimeSpan Duration, ExecutableTarget? FirstFailed, string? FirstError)
{
    public bool IsSuccess => ExitCode == 0;

    public static BuildOutcome Of(NukeBuild build, BuildSession session, TimeSpan duration)
    {
        var failed = build.ExecutionPlan.FirstOrDefault(target => target.Status is ExecutionStatus.Failed or ExecutionStatus.Aborted);
        var isCancelled = session.Cancellation.IsRequested && build.IsFailing;
        var code = build.ExitCode ?? (isCancelled ? BuildCancellation.ExitCode : failed is { Failure: { } failure } ? BuildFailure.Of(failure).ExitCode : build.IsFailing ? BuildFailure.Unexpected : 0);
        var error = session.Log.Errors.FirstOrDefault(error => error.Target is not null && error.Target == failed).Message
            ?? (failed?.Failure is { } cause ? BuildFailure.Of(cause).Lines.First() : null);
        return new BuildOutcome(build.ExecutionPlan, code, isCancelled, duration, failed, error is null ? null : BuildLog.FirstLine(error));
    }
}
