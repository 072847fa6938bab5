namespace WasmWizard.BuildEngine;

/// <summary>Runs one target: its dynamic conditions, its actions in order, and the build's hooks around them. Several threads may call it.</summary>
internal sealed class TargetRunner(NukeBuild build, BuildSession session, SkipRules skipRules, TargetCache? cache = null)
{
    private readonly HashSet<ExecutableTarget> _reported = [];

    /// <summary>The build's hooks come one after the other, whatever runs at once.</summary>
    private readonly Lock _hooks = new();

    public void ReportSkipped(ExecutableTarget target)
    {
        lock (_hooks)
        {
            if (!_reported.Add(target) || !target.HasActions)
                return;
            build.Extensions.Call<IOnTargetSkipped>(extension => extension.OnTargetSkipped(target));
            build.OnTargetSkipped(target.Name);
        }
    }

    /// <param name="target">The target; scheduled.</param>
    /// <param name="lane">Which of the threads that run targets this is, from 0.</param>
    public void Run(ExecutableTarget target, int lane = 0)
    {
        session.RunningTarget.Value = target;
        try
        {
            using (session.Output.BeginBlock(target))
                RunBlock(target, lane);
        }
        finally
        {
            session.RunningTarget.Value = null;
        }
    }

    private void RunBlock(ExecutableTarget target, int lane)
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

        target.Lane = lane;
        using (session.Host.WriteBlock(target.Name))
            Execute(target);
    }

    /// <summary>Names the failure in the log and gives the summary its note. Full traces go to the log file only.</summary>
    public void ReportFailure(ExecutableTarget target, Exception exception)
    {
        target.Failure = exception;
        var failure = BuildFailure.Of(exception);
        if (target.SummaryInformation.Count == 0)
            target.SummaryInformation[failure.IsUnexpected ? failure.Cause.GetType().Name : "Error"] = BuildLog.FirstLine(failure.Cause.Message);
        foreach (var line in failure.Lines)
            session.Log.Error(line);
        session.Log.ToFile("TRC", $"Target {target.Name} {target.Status}", failure.Cause);
    }

    private void Execute(ExecutableTarget target)
    {
        target.Began = session.Elapsed;
        target.Status = ExecutionStatus.Running;
        try
        {
            Tell<IOnTargetRunning>(extension => extension.OnTargetRunning(target), build.OnTargetRunning, target);
            if (cache is not null && TargetCache.Takes(target))
                target.IsRestored = cache.Run(target, () => Act(target));
            else
                Act(target);
            Finish(target, ExecutionStatus.Succeeded);
            Tell<IOnTargetSucceeded>(extension => extension.OnTargetSucceeded(target), build.OnTargetSucceeded, target);
        }
        catch (Exception exception)
        {
            var isCancelled = session.Cancellation.IsRequested && BuildFailure.Of(exception).IsCancellation;
            Finish(target, isCancelled ? ExecutionStatus.Aborted : ExecutionStatus.Failed);
            ReportFailure(target, exception);
            Tell<IOnTargetFailed>(extension => extension.OnTargetFailed(target), build.OnTargetFailed, target);
        }
    }

    private static void Act(ExecutableTarget target)
    {
        foreach (var action in target.Definition.Actions)
            action()?.GetAwaiter().GetResult();
    }

    private void Tell<T>(Action<T> extension, Action<string> hook, ExecutableTarget target)
    {
        lock (_hooks)
        {
            build.Extensions.Call(extension);
            hook(target.Name);
        }
    }

    private void Finish(ExecutableTarget target, ExecutionStatus status)
    {
        target.Duration = session.Elapsed - target.Began!.Value;
        target.Status = status;
    }
}
