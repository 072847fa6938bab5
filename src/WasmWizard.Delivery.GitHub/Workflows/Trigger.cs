namespace WasmWizard.Delivery.GitHub.Workflows;

/// <summary>What starts a workflow. None of these runs code of a fork with the rights of this repository.</summary>
public abstract record Trigger
{
    private Trigger()
    {
    }

    /// <summary>A commit arrives on one of the branches.</summary>
    public sealed record Push(IReadOnlyList<string> Branches) : Trigger;

    /// <summary>A tag arrives whose name matches one of the patterns.</summary>
    public sealed record Tag(IReadOnlyList<string> Patterns) : Trigger;

    /// <summary>Another workflow of this repository runs it as a job of its own.</summary>
    public sealed record Call : Trigger;

    /// <summary>A pull request asks to go into one of the branches.</summary>
    public sealed record PullRequest(IReadOnlyList<string> Branches) : Trigger;

    /// <summary>A merge queue tries a group of pull requests; only branches whose protection asks for a queue have one.</summary>
    public sealed record MergeGroup : Trigger;

    /// <summary>A person starts it and fills the inputs in; none for a start without questions.</summary>
    public sealed record Dispatch(IReadOnlyList<DispatchInput> Inputs) : Trigger;

    /// <summary>The clock starts it, in UTC, on the default branch.</summary>
    /// <param name="Cron">Five fields; the minute is none of the full hour's, when the platform is busy and drops runs.</param>
    public sealed record Schedule(string Cron) : Trigger;
}
