using System.Runtime.ExceptionServices;

namespace WasmWizard.BuildEngine;

/// <summary>Several targets at once: threads around <see cref="PlanScheduler"/>, which decides. Threads are started when there is work for them.</summary>
/// <param name="jobs">How many targets may run at once.</param>
/// <param name="schedule">The plan as the scheduler sees it.</param>
internal sealed class ParallelPlanExecutor(int jobs, IReadOnlyList<ScheduledTarget> schedule) : IPlanExecutor
{
    private readonly object _gate = new();
    private readonly List<Thread> _workers = [];
    private ExceptionDispatchInfo? _escaped;
    private int _idle;

    public void Execute(IReadOnlyList<ExecutableTarget> plan, TargetRunner runner, BuildCancellation cancellation)
    {
        var scheduler = new PlanScheduler(schedule, jobs, position => plan[position].Status is ExecutionStatus.Skipped or ExecutionStatus.Failed);
        if (plan.Any(target => target.Status == ExecutionStatus.Failed && !target.Definition.Proceeds))
            scheduler.StopAfter(PlanScheduler.BeforeAll);
        var run = new Run(plan, runner, scheduler, cancellation, ExecutionContext.Capture()!);
        using (cancellation.Token.Register(() => Change(scheduler.Cancel)))
            Work(run, lane: 0);
        foreach (var worker in _workers)
            worker.Join();
        _escaped?.Throw();
    }

    private void Work(Run run, int lane)
    {
        while (Next(run) is { } step)
        {
            foreach (var resolution in step.Resolved)
                Guard(run, () => run.Report(resolution));
            if (step.Position is not { } position)
                continue;
            // Each target gets the context of the run: what one leaves in its flow of execution is not the next one's.
            Guard(run, () => ExecutionContext.Run(run.Context, _ => run.Runner.Run(run.Plan[position], lane), null));
            Change(() => run.Scheduler.Complete(position, run.Plan[position].Status is ExecutionStatus.Failed or ExecutionStatus.Aborted));
        }
    }

    /// <summary>What this thread does next; null when all is done.</summary>
    private Step? Next(Run run)
    {
        lock (_gate)
        {
            while (true)
            {
                if (run.Cancellation.IsRequested)
                    BeginCleanup(run);
                var step = new Step(run.Scheduler.Next(), run.Scheduler.TakeResolved());
                if (step.Position is not null || step.Resolved.Count > 0)
                {
                    if (run.Scheduler.HasMore)
                        Wake(run);
                    return step;
                }

                if (run.Scheduler.IsDone)
                {
                    Monitor.PulseAll(_gate);
                    return null;
                }

                _idle++;
                Monitor.Wait(_gate);
                _idle--;
            }
        }
    }

    /// <summary>Assured targets may start children again, as soon as what the cancellation met has ended.</summary>
    private static void BeginCleanup(Run run)
    {
        run.Scheduler.Cancel();
        if (!run.Scheduler.IsDraining)
            run.Cancellation.BeginCleanup();
    }

    /// <summary>Called with the gate held. An idle thread, or a new one.</summary>
    private void Wake(Run run)
    {
        if (_idle > 0)
        {
            Monitor.Pulse(_gate);
        }
        else if (_workers.Count < jobs - 1)
        {
            var lane = _workers.Count + 1;
            var worker = new Thread(() => Work(run, lane)) { IsBackground = true, Name = $"targets {lane}" };
            _workers.Add(worker);
            worker.Start();
        }
    }

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>What escapes from a hook of the build ends the run, on the caller's thread and after everything that runs.</summary>
    private void Guard(Run run, Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception)
        {
            Change(() =>
            {
                _escaped ??= ExceptionDispatchInfo.Capture(exception);
                run.Scheduler.StopAfter(PlanScheduler.BeforeAll);
            });
        }
    }

    private sealed record Step(int? Position, IReadOnlyList<PlanScheduler.Resolution> Resolved);

    private sealed record Run(IReadOnlyList<ExecutableTarget> Plan, TargetRunner Runner, PlanScheduler Scheduler, BuildCancellation Cancellation, ExecutionContext Context)
    {
        public void Report(PlanScheduler.Resolution resolution)
        {
            var target = Plan[resolution.Position];
            if (target.Status == ExecutionStatus.Skipped)
                Runner.ReportSkipped(target);
            else if (!resolution.IsLeftOut)
                target.Status = ExecutionStatus.NotRun;
        }
    }
}
