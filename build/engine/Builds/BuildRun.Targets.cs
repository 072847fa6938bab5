using WasmWizard.BuildEngine.IO;

namespace WasmWizard.BuildEngine;

internal sealed partial class BuildRun
{
    private static readonly string s_version = typeof(BuildRun).Assembly.GetName().Version?.ToString(2) ?? "";

    private static string Logo => $"Wasm Wizard build engine {s_version} on .NET {System.Environment.Version}";

    private int RunTargets(BuildSession session, NukeBuild build, BuildMembers members, IReadOnlyList<ExecutableTarget>? skipped)
    {
        if (invocation.HandlesSignals)
            session.Cancellation.ListenToSignals();
        SerilogBridge.Install();
        session.Log.OpenFile();
        build.Injection!.InjectAll(members);
        build.Extensions.Call<IOnBuildInitialized>(extension => extension.OnBuildInitialized(build.Targets, build.ExecutionPlan));
        build.OnBuildInitialized();

        var plan = (IReadOnlyList<ExecutableTarget>)build.ExecutionPlan;
        var attempt = new AttemptRecord(session, _commandLine);
        foreach (var target in plan)
            target.Status = ExecutionStatus.Scheduled;
        var rules = new SkipRules(plan);
        if (build.Continue)
            rules.SkipAsDone(attempt.ReadSucceeded());
        rules.SkipByName(skipped);
        rules.SkipByStaticConditions();
        var missing = RequirementCheck.FaultsOf(build, members);
        if (missing.Count > 0)
            throw new UsageException(missing);

        var runner = new TargetRunner(build, session, rules, build.IsGiven(BuiltInParameters.NoCache) ? null : new TargetCache(build, session));
        foreach (var target in plan.Where(target => target.Status == ExecutionStatus.Failed))
            runner.ReportFailure(target, target.Failure!);
        ExecutePlan(session, build, plan, rules, runner);
        attempt.Write(plan);
        build.Extensions.Call<IOnBuildFinished>(extension => extension.OnBuildFinished());
        build.OnBuildFinished();

        var outcome = BuildOutcome.Of(build, session, session.Elapsed);
        SummaryTable.Write(session, outcome);
        RunFiles.Write(session, outcome, JobsOf(build));
        if (session.Output.IsJson)
            session.Output.WriteDocument(session.Documents.Choose(build.InvokedTargets) ?? OutcomeDocument.Of(outcome));
        return outcome.ExitCode;
    }

    private void ExecutePlan(BuildSession session, NukeBuild build, IReadOnlyList<ExecutableTarget> plan, SkipRules rules, TargetRunner runner)
    {
        var jobs = JobsOf(build);
        var history = new DurationHistory(session);
        var durations = history.Read();
        IPlanExecutor executor = jobs == 1 ? new SerialPlanExecutor() : new ParallelPlanExecutor(jobs, PlanSchedule.Of(plan, rules, durations));
        using (session.Output.SeparateTargets(session.Output.IsTerminal ? OpenLiveView(session, new RunForecast(plan, durations, jobs)) : null))
            executor.Execute(plan, runner, session.Cancellation);
        history.Write(durations, plan);
    }

    private int JobsOf(NukeBuild build) => build.Parameters!.ValueOf(BuiltInParameters.Jobs) as int? ?? invocation.Jobs;

    /// <summary>A method of its own: what it names is loaded when it is called.</summary>
    private static LiveView OpenLiveView(BuildSession session, RunForecast forecast) => new LiveView(session, session.Output.People, forecast);

    private int Fail(Exception exception, BuildOutput output, BuildSession? session)
    {
        var failure = BuildFailure.Of(exception);
        var code = session?.Build?.ExitCode
            ?? (failure.IsCancellation && session?.Cancellation.IsRequested == true ? BuildCancellation.ExitCode : failure.ExitCode);
        var people = output.IsJson ? output : new BuildOutput(invocation.StandardError, null, invocation.ErrorIsTerminal, invocation, output.Redactor);
        foreach (var line in failure.Lines)
            people.WriteLine(people.Palette.Bad("Error:") + " " + line);
        if (failure.IsUnexpected && session is not null)
            people.WriteLine($"The full trace is in {TraceFile(session, failure.Cause)}.");
        if (failure.ExitCode == BuildFailure.Usage)
            people.WriteLine($"Next: {Commands.Script} --help");
        people.Flush();
        output.WriteDocument(OutcomeDocument.OfFailure(code, failure.Lines));
        return code;
    }

    private static AbsolutePath TraceFile(BuildSession session, Exception exception)
    {
        session.Log.EnsureFile();
        session.Log.ToFile("TRC", "The build ended unexpectedly", exception);
        return session.Log.File;
    }
}
