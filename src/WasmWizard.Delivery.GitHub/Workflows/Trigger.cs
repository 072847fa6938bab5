namespace WasmWizard.Delivery.GitHub.Workflows;

/// <summary>What starts a workflow. None of these runs code of a fork with the rights of this repository.</summary>
public abstract record Trigger
{
    private Trigger(IReadOnlyList<string> branches) => Branches = branches;

    public IReadOnlyList<string> Branches { get; }

    /// <summary>A commit arrives on one of the branches.</summary>
    public sealed record Push(IReadOnlyList<string> To) : Trigger(To);

    /// <summary>A pull request asks to go into one of the branches.</summary>
    public sealed record PullRequest(IReadOnlyList<string> Into) : Trigger(Into);

    /// <summary>The merge queue of one of the branches tries a group of pull requests.</summary>
    public sealed record MergeGroup(IReadOnlyList<string> Into) : Trigger(Into);
}
