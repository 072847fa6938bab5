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

        var runner = new TargetRunner(build, session, rules);
        foreach (var target in plan.Where(target => target.Status == ExecutionStatus.Failed))
            runner.ReportFailure(target, target.Failure!);
        new SerialPlanExecutor().Execute(plan, runner, session.Cancellation);
        attempt.Write(plan);
        build.OnBuildFinished();

        var outcome = BuildOutcome.Of(build, session, invocation.Time.GetElapsedTime(_begin));
        SummaryTable.Write(session, outcome);
        session.Output.WriteDocument(session.Documents.Choose(build.InvokedTargets) ?? OutcomeDocument.Of(outcome));
        return outcome.ExitCode;
    }

    private static int ShowHelp(BuildSession session, NukeBuild build)
    {
        session.Output.WriteLine(HelpText.Of(build, session.Output.Palette));
        if (session.Output.IsJson)
            session.Output.WriteDocument(ListDocument.Of(build));
        return 0;
    }

    private static int ShowPlan(BuildSession session, NukeBuild build)
    {
        session.Output.WriteLine(PlanText.Of(build.ExecutionPlan, session.Output.Palette));
        if (session.Output.IsJson)
            session.Output.WriteDocument(ListDocument.OfPlan(build.ExecutionPlan));
        return 0;
    }

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
