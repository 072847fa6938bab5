using System.Globalization;
using System.Text.Json.Nodes;
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

    private static string LastRunDocument(BuildSession session, BuildOutcome outcome, int jobs)
    {
        var document = OutcomeDocument.Describe(outcome);
        document.Insert(0, "arguments", JsonText.Strings(session.Invocation.Arguments));
        document.Insert(1, "endedAt", session.Invocation.Time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture));
        document.Insert(2, "seconds", Math.Round(outcome.Duration.TotalSeconds, 3));
        document.Insert(3, "jobs", jobs);
        document["criticalPath"] = JsonText.Strings(CriticalPath.Of([.. outcome.Plan]).Select(target => target.Name));
        return document.ToJsonString(JsonText.Options);
    }

    /// <summary>The trace event format that trace viewers open: one complete event per target, one row per thread, microseconds.</summary>
    private static string TraceDocument(BuildOutcome outcome)
    {
        var ran = outcome.Plan.Where(target => target.Began is not null).ToList();
        var rows = ran.Select(target => target.Lane).Distinct().Order().Select(lane => (JsonNode)new JsonObject
        {
            ["name"] = "thread_name",
            ["ph"] = "M",
            ["pid"] = 1,
            ["tid"] = lane,
            ["args"] = new JsonObject { ["name"] = $"job {lane + 1}" },
        });
        var events = ran.Select(target => (JsonNode)new JsonObject
        {
            ["name"] = target.Name,
            ["cat"] = target.IsRestored ? "restored" : "target",
            ["ph"] = "X",
            ["ts"] = Math.Round(target.Began!.Value.TotalMicroseconds),
            ["dur"] = Math.Round(target.Duration.TotalMicroseconds),
            ["pid"] = 1,
            ["tid"] = target.Lane,
            ["args"] = new JsonObject { ["status"] = target.Status.ToString() },
        });
        return new JsonObject { ["traceEvents"] = new JsonArray([.. rows, .. events]), ["displayTimeUnit"] = "ms" }.ToJsonString(JsonText.Options);
    }
}
