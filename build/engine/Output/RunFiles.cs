using System.Globalization;
using System.Text.Json;
using WasmWizard.BuildEngine.IO;

namespace WasmWizard.BuildEngine;

/// <summary>What a run leaves for programs: <c>artifacts/last-run.json</c>, and <c>.nuke/temp/trace.json</c> for a trace viewer.</summary>
internal static class RunFiles
{
    public static AbsolutePath LastRun(BuildSession session) => session.Root / "artifacts" / "last-run.json";

    public static AbsolutePath Trace(BuildSession session) => session.TemporaryDirectory / "trace.json";

    public static void Write(BuildSession session, BuildOutcome outcome, int jobs)
    {
        try
        {
            LastRun(session).WriteAllText(session.Output.Redactor.Redact(LastRunDocument(session, outcome, jobs)));
            Trace(session).WriteAllText(session.Output.Redactor.Redact(TraceDocument(outcome)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            session.Log.Warn($"The files about this run are not written: {exception.Message}");
        }
    }

    private static string LastRunDocument(BuildSession session, BuildOutcome outcome, int jobs) => JsonText.Of(json =>
    {
        WriteStrings(json, "arguments", session.Invocation.Arguments);
        json.WriteString("endedAt", session.Invocation.Time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture));
        json.WriteNumber("seconds", Math.Round(outcome.Duration.TotalSeconds, 3));
        json.WriteNumber("jobs", jobs);
        OutcomeDocument.WriteMembers(json, outcome);
        WriteStrings(json, "criticalPath", CriticalPath.Of([.. outcome.Plan]).Select(target => target.Name));
    });

    /// <summary>The trace event format that trace viewers open: one complete event per target, one row per thread, microseconds.</summary>
    private static string TraceDocument(BuildOutcome outcome)
    {
        var ran = outcome.Plan.Where(target => target.Began is not null).ToList();
        var lanes = new List<int>();
        foreach (var target in ran)
            if (!lanes.Contains(target.Lane))
                lanes.Add(target.Lane);
        lanes.Sort();
        return JsonText.Of(json =>
        {
            json.WriteStartArray("traceEvents");
            foreach (var lane in lanes)
                WriteRow(json, lane);
            foreach (var target in ran)
                WriteEvent(json, target);
            json.WriteEndArray();
            json.WriteString("displayTimeUnit", "ms");
        });
    }

    private static void WriteRow(Utf8JsonWriter json, int lane)
    {
        json.WriteStartObject();
        json.WriteString("name", "thread_name");
        json.WriteString("ph", "M");
        json.WriteNumber("pid", 1);
        json.WriteNumber("tid", lane);
        json.WriteStartObject("args");
        json.WriteString("name", $"job {lane + 1}");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteEvent(Utf8JsonWriter json, ExecutableTarget target)
    {
        json.WriteStartObject();
        json.WriteString("name", target.Name);
        json.WriteString("cat", target.IsRestored ? "restored" : "target");
        json.WriteString("ph", "X");
        json.WriteNumber("ts", Math.Round(target.Began!.Value.TotalMicroseconds));
        json.WriteNumber("dur", Math.Round(target.Duration.TotalMicroseconds));
        json.WriteNumber("pid", 1);
        json.WriteNumber("tid", target.Lane);
        json.WriteStartObject("args");
        json.WriteString("status", target.Status.ToString());
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
