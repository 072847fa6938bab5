namespace WasmWizard.Delivery.GitHub.Workflows;

/// <summary>One job: what it waits for, where it runs, what its token may do, and its steps.</summary>
public sealed record Job
{
    public required JobId Id { get; init; }

    public required Runner Runner { get; init; }

    /// <summary>Whole minutes, at least one; the platform's own default of six hours is never wanted.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Everything the job's token may do; empty for nothing.</summary>
    public required IReadOnlyList<TokenRight> Rights { get; init; }

    public required IReadOnlyList<Step> Steps { get; init; }

    /// <summary>A workflow of this repository that stands for the job's steps; null for a job of its own. It brings machine and timeouts.</summary>
    public Workflow? Calls { get; init; }

    /// <summary>What jobs behind it read as <c>needs.ID.outputs.NAME</c>.</summary>
    public IReadOnlyList<Setting> Outputs { get; init; } = [];

    public IReadOnlyList<JobId> Needs { get; init; } = [];

    /// <summary>An expression; empty runs the job when everything it needs succeeded.</summary>
    public string Condition { get; init; } = "";

    public JobEnvironment? Environment { get; init; }

    public Matrix? Matrix { get; init; }

    public Concurrency? Concurrency { get; init; }

    /// <summary>Reasons, written above the job.</summary>
    public IReadOnlyList<string> Comment { get; init; } = [];
}
