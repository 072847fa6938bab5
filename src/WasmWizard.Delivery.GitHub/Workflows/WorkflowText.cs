using System.Diagnostics;
using WasmWizard.Delivery.Yaml;

namespace WasmWizard.Delivery.GitHub.Workflows;

/// <summary>Spells a workflow in the platform's language. It adds nothing that the workflow does not say, but for the empty list of rights on top.</summary>
public static class WorkflowText
{
    /// <param name="workflow">What to write.</param>
    /// <param name="header">Comment lines above everything else.</param>
    public static string Write(Workflow workflow, IReadOnlyList<string> header)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        List<YamlEntry> entries =
        [
            new("name", (YamlScalar)workflow.Name) { Spaced = true },
            new("on", Map(workflow.Triggers.Select(Spell))) { Spaced = true },
            new("permissions", Map([])) { Spaced = true, Comment = ["Nothing by default; each job names what it needs."] },
        ];
        if (workflow.Concurrency is { } concurrency)
            entries.Add(Spell(concurrency) with { Spaced = true });
        if (workflow.Variables.Count > 0)
            entries.Add(new("env", Spell(workflow.Variables)) { Spaced = true });
        entries.Add(new("jobs", Map(workflow.Jobs.Select(Spell))) { Spaced = true });
        return YamlWriter.Write(Map(entries), header);
    }

    private static YamlEntry Spell(Trigger trigger) => trigger switch
    {
        Trigger.Push push => new("push", Branches(push.Branches)),
        Trigger.PullRequest pullRequest => new("pull_request", Branches(pullRequest.Branches)),
        Trigger.Tag tag => new("push", Map([new("tags", new YamlInline(tag.Patterns))])),
        Trigger.Call => new("workflow_call", null),
        Trigger.MergeGroup => new("merge_group", null),
        Trigger.Dispatch { Inputs.Count: 0 } => new("workflow_dispatch", null),
        Trigger.Dispatch dispatch => new("workflow_dispatch", Map([new("inputs", Map(dispatch.Inputs.Select(Spell)))])),
        Trigger.Schedule schedule => new("schedule", new YamlItems([Map([new("cron", (YamlScalar)schedule.Cron)])])),
        _ => throw new UnreachableException($"The platform has no word for {trigger}."),
    };

    private static YamlEntry Spell(DispatchInput input) => new(input.Name, Map(
    [
        new("description", (YamlScalar)input.Description),
        .. input switch
        {
            DispatchInput.Text text => new YamlEntry[] { new("type", (YamlScalar)"string"), new("required", (YamlScalar)text.Required) },
            DispatchInput.Choice choice => [new("type", (YamlScalar)"choice"), new("options", new YamlInline(choice.Options)), new("required", (YamlScalar)true)],
            DispatchInput.Switch yesOrNo => [new("type", (YamlScalar)"boolean"), new("default", (YamlScalar)yesOrNo.Default)],
            _ => throw new UnreachableException($"The platform has no word for {input}."),
        },
    ]));

    private static YamlMap Branches(IReadOnlyList<string> branches) => Map([new("branches", new YamlInline(branches))]);

    private static YamlEntry Spell(Concurrency concurrency) => new("concurrency", Map(
    [
        new("group", (YamlScalar)concurrency.Group),
        new("cancel-in-progress", (YamlScalar)concurrency.NewestWins),
        .. concurrency.NewestWins ? [] : new[] { new YamlEntry("queue", (YamlScalar)"max") },
    ]));

    private static YamlEntry Spell(Job job)
    {
        List<YamlEntry> entries = [];
        if (job.Needs.Count > 0)
            entries.Add(new("needs", new YamlInline([.. job.Needs.Select(id => id.ToString())])));
        Add(entries, "if", job.Condition);
        if (job.Matrix is { } matrix)
            entries.Add(new("strategy", Map([new("fail-fast", (YamlScalar)false), new("matrix", Map([new(matrix.Name, new YamlInline(matrix.Values))]))])));
        if (job.Calls is null)
        {
            entries.Add(new("runs-on", job.Runner.Labels is [var only] ? (YamlScalar)only : new YamlInline(job.Runner.Labels)));
            entries.Add(new("timeout-minutes", (YamlScalar)(int)job.Timeout.TotalMinutes));
        }

        entries.Add(new("permissions", Map(job.Rights.Select(Spell))));
        if (job.Environment is { } environment)
            entries.Add(new("environment", Spell(environment)));
        if (job.Concurrency is { } concurrency)
            entries.Add(Spell(concurrency));
        if (job.Outputs.Count > 0)
            entries.Add(new("outputs", Spell(job.Outputs)));
        entries.Add(job.Calls is { } called ? new("uses", (YamlScalar)$"./{called.Path}") : new("steps", new YamlItems([.. job.Steps.Select(Spell)])));
        return new(job.Id.ToString(), Map(entries)) { Spaced = true, Comment = job.Comment };
    }

    private static YamlMap Spell(JobEnvironment environment) => Map(
    [
        new("name", (YamlScalar)environment.Name),
        .. environment.Url is { } url ? [new YamlEntry("url", (YamlScalar)url.ToString().TrimEnd('/'))] : Array.Empty<YamlEntry>(),
    ]);

    private static YamlEntry Spell(TokenRight right) => right switch
    {
        TokenRight.ReadContents => new("contents", (YamlScalar)"read"),
        TokenRight.WriteContents => new("contents", (YamlScalar)"write"),
        TokenRight.ReadDeployments => new("deployments", (YamlScalar)"read"),
        TokenRight.WriteSecurityEvents => new("security-events", (YamlScalar)"write"),
        TokenRight.WritePackages => new("packages", (YamlScalar)"write"),
        TokenRight.WriteIdToken => new("id-token", (YamlScalar)"write"),
        _ => throw new UnreachableException($"The platform has no word for {right}."),
    };

    private static YamlMap Spell(Step step)
    {
        List<YamlEntry> entries = [];
        Add(entries, "name", step.Name);
        Add(entries, "id", step.Id);
        Add(entries, "if", step.Condition);
        switch (step)
        {
            case Step.Use use:
                entries.Add(new("uses", (YamlScalar)use.Action.Reference with { Note = use.Action.Version }));
                if (use.Inputs.Count > 0)
                    entries.Add(new("with", Spell(use.Inputs)));
                break;
            case Step.Run run:
                Add(entries, "shell", run.Shell);
                if (run.Variables.Count > 0)
                    entries.Add(new("env", Spell(run.Variables)));
                entries.Add(new("run", (YamlScalar)run.Script));
                break;
        }
        entries[0] = entries[0] with { Comment = step.Comment };
        return Map(entries);
    }

    private static YamlMap Spell(IReadOnlyList<Setting> settings) => Map(settings.Select(setting => new YamlEntry(setting.Name, setting.Value)));

    private static YamlMap Map(IEnumerable<YamlEntry> entries) => new([.. entries]);

    private static void Add(List<YamlEntry> entries, string key, string text)
    {
        if (text.Length > 0)
            entries.Add(new(key, (YamlScalar)text));
    }
}
