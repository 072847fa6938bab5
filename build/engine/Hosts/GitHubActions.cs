using System.Globalization;
using System.Text.Json.Nodes;

namespace WasmWizard.BuildEngine.CI.GitHubActions;

/// <summary>A job on GitHub. Facts come from the variables the runner sets; null where it sets none.</summary>
public sealed class GitHubActions : Host, IBuildServer
{
    private readonly BuildInvocation _invocation;

    internal GitHubActions(BuildInvocation invocation) => _invocation = invocation;

    /// <summary>The host when the build runs on GitHub, else null.</summary>
    public static new GitHubActions? Instance => Host.Instance as GitHubActions;

    /// <summary>The person or app that started the run.</summary>
    public string? Actor => Variable("ACTOR");

    /// <summary>The id of the running action or step.</summary>
    public string? Action => Variable("ACTION");

    /// <summary>The branch a pull request goes to.</summary>
    public string? BaseRef => Variable("BASE_REF");

    /// <summary>The event's name, e.g. <c>push</c>.</summary>
    public string? EventName => Variable("EVENT_NAME");

    /// <summary>The file with the event's payload.</summary>
    public string? EventPath => Variable("EVENT_PATH");

    /// <summary>The event's payload; empty without one.</summary>
    public JsonObject GitHubEvent => EventPath is { } path && File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path))!.AsObject() : [];

    /// <summary>The branch a pull request comes from.</summary>
    public string? HeadRef => Variable("HEAD_REF");

    /// <summary>The job's id in the workflow.</summary>
    public string? Job => Variable("JOB");

    /// <summary>Whether the event is <c>pull_request</c>.</summary>
    public bool IsPullRequest => EventName == "pull_request";

    /// <summary>What happened to the pull request, e.g. <c>opened</c>.</summary>
    public string? PullRequestAction => IsPullRequest ? GitHubEvent["action"]?.ToString() : null;

    /// <summary>The pull request's number.</summary>
    public int? PullRequestNumber => IsPullRequest ? GitHubEvent["number"]?.GetValue<int>() : null;

    /// <summary>The full ref, e.g. <c>refs/heads/master</c>.</summary>
    public string? Ref => Variable("REF");

    /// <summary>The short ref, e.g. <c>master</c>.</summary>
    public string? RefName => Variable("REF_NAME");

    /// <summary><c>branch</c> or <c>tag</c>.</summary>
    public string? RefType => Variable("REF_TYPE");

    /// <summary>Owner and name.</summary>
    public string? Repository => Variable("REPOSITORY");

    /// <summary>The owner.</summary>
    public string? RepositoryOwner => Variable("REPOSITORY_OWNER");

    /// <summary>How often this run was started, from 1.</summary>
    public long? RunAttempt => Number("RUN_ATTEMPT");

    /// <summary>Unique per run, the same for its attempts.</summary>
    public long? RunId => Number("RUN_ID");

    /// <summary>Counts the runs of one workflow.</summary>
    public long? RunNumber => Number("RUN_NUMBER");

    /// <summary>For example <c>https://github.com</c>.</summary>
    public string? ServerUrl => Variable("SERVER_URL");

    /// <summary>The commit.</summary>
    public string? Sha => Variable("SHA");

    /// <summary>The file whose text GitHub shows with the run. The build appends its summary.</summary>
    public string? StepSummaryFile => Variable("STEP_SUMMARY");

    /// <summary>The job's token, when the workflow passes it on.</summary>
    public string? Token => Variable("TOKEN");

    /// <summary>The workflow's name.</summary>
    public string? Workflow => Variable("WORKFLOW");

    /// <summary>The checkout.</summary>
    public string? Workspace => Variable("WORKSPACE");

    string? IBuildServer.Branch => IsPullRequest ? HeadRef : RefType == "branch" ? RefName : null;

    string? IBuildServer.Commit => Sha;

    /// <summary>Begins a fold.</summary>
    public void Group(string group) => WriteCommand("group", group);

    /// <summary>Ends the fold.</summary>
    public void EndGroup(string group) => WriteCommand("endgroup", group);

    /// <summary>A line that only debug runs show.</summary>
    public void WriteDebug(string message) => WriteCommand("debug", message);

    /// <summary>An annotation.</summary>
    public void WriteWarning(string message) => WriteCommand("warning", message);

    /// <summary>An annotation.</summary>
    public void WriteError(string message) => WriteCommand("error", message);

    /// <summary>A workflow command of the runner.</summary>
    public void WriteCommand(string command, string? message = null) => WriteLine(Command(command, message));

    /// <inheritdoc/>
    protected internal override IDisposable WriteBlock(string text)
    {
        Group(text);
        return new BlockEnd(() => EndGroup(text));
    }

    /// <inheritdoc/>
    protected internal override void ReportWarning(string text, string? details = null) => WriteWarning(Join(text, details));

    /// <inheritdoc/>
    protected internal override void ReportError(string text, string? details = null) => WriteError(Join(text, details));

    internal override string? Annotate(LogLevel level, string message) => level switch
    {
        LogLevel.Warning => Command("warning", message),
        >= LogLevel.Error => Command("error", message),
        _ => null,
    };

    /// <summary>The one line that must carry a secret: the runner masks it from then on, and never prints the command itself.</summary>
    internal override void HideSecret(string secret, BuildOutput output)
    {
        foreach (var line in secret.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0))
            output.WriteUnmasked(Command("add-mask", line));
    }

    internal override void WriteBuildSummary(string markdown)
    {
        if (StepSummaryFile is { } file)
            File.AppendAllText(file, markdown);
    }

    private static string Command(string command, string? message) =>
        $"::{command}::{(message ?? "").Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal)}";

    private static string Join(string text, string? details) => details is null ? text : $"{text}\n{details}";

    private string? Variable(string name) => _invocation.Variable("GITHUB_" + name);

    private long? Number(string name) => long.TryParse(Variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
