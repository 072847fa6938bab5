namespace WasmWizard.BuildEngine;

/// <summary>Runs one target: its dynamic conditions, its actions in order, and the build's hooks around them.</summary>
internal sealed class TargetRunner(NukeBuild build, BuildSession session, SkipRules skipRules)
{
    private readonly HashSet<ExecutableTarget> _reported = [];

    public void ReportSkipped(ExecutableTarget target)
    {
        if (_reported.Add(target) && target.HasActions)
            build.OnTargetSkipped(target.Name);
    }

    public void Run(ExecutableTarget target)
    {
        if (skipRules.SkipByDynamicConditions(target))
        {
            ReportSkipped(target);
            return;
        }

        if (target.Status == ExecutionStatus.Failed)
        {
            ReportFailure(target, target.Failure!);
            return;
        }

        if (!target.HasActions)
        {
            target.Status = ExecutionStatus.Collective;
            return;
        }

        using (session.Host.WriteBlock(target.Name))
            Execute(target);
    }

    /// <summary>Names the failure in the log and gives the summary its note. Full traces go to the log file only.</summary>
    public void ReportFailure(ExecutableTarget target, Exception exception)
    {
        target.Failure = exception;
        var failure = BuildFailure.Of(exception);
        if (target.SummaryInformation.Count == 0)
            target.SummaryInformation[failure.Cause.GetType().Name] = BuildLog.FirstLine(failure.Cause.Message);
        foreach (var line in failure.Lines)
            session.Log.Error(line);
        session.Log.ToFile("TRC", $"Target {target.Name} {target.Status}", failure.Cause);
    }

    private void Execute(ExecutableTarget target)
    {
        var begin = session.Invocation.Time.GetTimestamp();
        target.Status = ExecutionStatus.Running;
        session.RunningTarget.Value = target;
        try
        {
            build.OnTargetRunning(target.Name);
            foreach (var action in target.Definition.Actions)
                action()?.GetAwaiter().GetResult();
            Finish(target, begin, ExecutionStatus.Succeeded);
            build.OnTargetSucceeded(target.Name);
        }
        catch (Exception exception)
        {
            var isCancelled = session.Cancellation.IsRequested && BuildFailure.Of(exception).IsCancellation;
            Finish(target, begin, isCancelled ? ExecutionStatus.Aborted : ExecutionStatus.Failed);
            ReportFailure(target, exception);
            build.OnTargetFailed(target.Name);
        }
        finally
        {
            session.RunningTarget.Value = null;
        }
    }

    private void Finish(ExecutableTarget target, long begin, ExecutionStatus status)
    {
        target.Duration = session.Invocation.Time.GetElapsedTime(begin);
        target.Status = status;
    }
}
