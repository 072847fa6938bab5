using System.Text.Json;
using System.Text.Json.Nodes;
using WasmWizard.BuildEngine.IO;

namespace WasmWizard.BuildEngine;

/// <summary>What a command line can ask instead of running targets.</summary>
internal sealed partial class BuildRun
{
    /// <returns>The exit code, or null when targets are to run.</returns>
    private int? AnswerBeforePlan(BuildSession session, NukeBuild build, IReadOnlyList<ExecutableTarget> wanted)
    {
        if (_complete is not null)
            return Print(session, Completion.Candidates(build, _complete));
        if (build.Parameters!.ValueOf(BuiltInParameters.Completion) is string shell)
            return Print(session, [Completion.Snippet(shell)]);
        if (build.Parameters.ValueOf(BuiltInParameters.Encrypt) is string secret)
            return Encrypt(session, build, secret);
        if (build.IsGiven(BuiltInParameters.List))
            return ShowList(session, build);
        return build.Help || (wanted.Count == 0 && !build.Plan && !build.IsGiven(BuiltInParameters.ExplainCache) && ExplainedName(build) is null) ? ShowHelp(session, build) : null;
    }

    /// <returns>The exit code, or null when targets are to run.</returns>
    private int? AnswerFromPlan(BuildSession session, NukeBuild build)
    {
        if (build.Plan)
            return ShowPlan(session, build);
        if (ExplainedName(build) is { } name)
            return Explain(session, build, name);
        return build.IsGiven(BuiltInParameters.ExplainCache) ? ShowCache(session, build) : null;
    }

    private static string? ExplainedName(NukeBuild build) => build.Parameters!.ValueOf(BuiltInParameters.Explain) as string;

    private static int Print(BuildSession session, IEnumerable<string> lines)
    {
        foreach (var line in lines)
            session.Output.WriteLine(line);
        return 0;
    }

    private static int ShowHelp(BuildSession session, NukeBuild build)
    {
        session.Output.WriteLine(HelpText.Of(build, session.Output));
        if (session.Output.IsJson)
            session.Output.WriteDocument(ListDocument.Of(build));
        return 0;
    }

    private static int ShowList(BuildSession session, NukeBuild build)
    {
        session.Output.WriteLine(HelpText.Targets(build, session.Output));
        if (session.Output.IsJson)
            session.Output.WriteDocument(ListDocument.Of(build));
        return 0;
    }

    private int ShowPlan(BuildSession session, NukeBuild build)
    {
        var plan = (IReadOnlyList<ExecutableTarget>)build.ExecutionPlan;
        var durations = new DurationHistory(session).Read();
        session.Output.WriteLine(PlanText.Of(plan, session.Output));
        if (plan.Count > 0 && new RunForecast(plan, durations, JobsOf(build)).Remaining() is { } expected)
            session.Output.WriteLine(session.Output.Palette.Faint($"About {SummaryTable.Format(expected)} when everything runs, from what earlier runs took."));
        WritePage(session, plan, durations);
        if (session.Output.IsJson)
            session.Output.WriteDocument(ListDocument.OfPlan(plan, durations));
        return 0;
    }

    private void WritePage(BuildSession session, IReadOnlyList<ExecutableTarget> plan, IReadOnlyDictionary<string, TimeSpan> durations)
    {
        var file = session.TemporaryDirectory / "plan.html";
        try
        {
            var command = string.Join(' ', invocation.Arguments.Prepend(Commands.Script));
            file.WriteAllText(session.Output.Redactor.Redact(PlanPage.Of(plan, durations, command)));
            session.Output.WriteLine(session.Output.Palette.Faint($"As a graph: {file}"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            session.Output.WriteLine($"The graph is not written: {exception.Message}");
        }
    }

    private static int Explain(BuildSession session, NukeBuild build, string name)
    {
        var target = build.Targets.FirstOrDefault(target => NameForm.Normalize(target.Name) == NameForm.Normalize(name)) ?? throw new UsageException(UnknownTarget(name, build));
        var lines = new ExplainText(build, target, LastRun(session)).Lines(session.Output.Palette).ToList();
        if (session.Output.IsJson)
            session.Output.WriteDocument(new JsonObject { ["target"] = target.Name, ["lines"] = JsonText.Strings(lines.Skip(1).Select(line => line.Trim())) }.ToJsonString(JsonText.Options));
        return Print(session, lines);
    }

    private int Encrypt(BuildSession session, NukeBuild build, string name)
    {
        var definition = build.Parameters!.Definitions.FirstOrDefault(definition => definition.IsSecret && definition.Key == NameForm.Normalize(name))
            ?? throw new UsageException($"{name} is no secret of this build.{NearestNames.Question(name, build.Parameters.Definitions.Where(definition => definition.IsSecret).Select(definition => definition.Name))}");
        var variable = EncryptedText.VariableOf(session.Profiles.Count > 0 ? $"parameters.{session.Profiles[^1]}.json" : "parameters.json");
        var password = invocation.Variable(variable) ?? throw new UsageException($"{variable} is not set. Set it to the password, and keep that where the value is not.");
        var value = invocation.StandardInput().ReadLine();
        if (string.IsNullOrWhiteSpace(value))
            throw new UsageException($"Standard input is empty. Write the value of {definition.Name} to it, as one line.");
        session.Hide([value]);
        return Print(session, [EncryptedText.Encrypt(value, definition.Name, password)]);
    }

    private static JsonNode? LastRun(BuildSession session)
    {
        try
        {
            return File.Exists(RunFiles.LastRun(session)) ? JsonNode.Parse(RunFiles.LastRun(session).ReadAllText()) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int ShowCache(BuildSession session, NukeBuild build)
    {
        var cache = new TargetCache(build, session);
        var answers = build.ExecutionPlan.Where(TargetCache.Takes).Select(target => (target, answer: cache.Ask(target))).ToList();
        foreach (var line in CacheText.Lines(answers, session.Output.Palette))
            session.Output.WriteLine(line);
        if (session.Output.IsJson)
            session.Output.WriteDocument(CacheText.Document(answers));
        return 0;
    }
}
