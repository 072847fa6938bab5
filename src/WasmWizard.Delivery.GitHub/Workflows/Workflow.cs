namespace WasmWizard.Delivery.GitHub.Workflows;

/// <summary>One workflow file as typed data.</summary>
public sealed record Workflow
{
    /// <summary>The file's name in <c>.github/workflows</c> without its ending.</summary>
    public required string File { get; init; }

    /// <summary>What people see.</summary>
    public required string Name { get; init; }

    public required IReadOnlyList<Trigger> Triggers { get; init; }

    /// <summary>In the order they are written.</summary>
    public required IReadOnlyList<Job> Jobs { get; init; }

    public Concurrency? Concurrency { get; init; }

    /// <summary>Variables of every job.</summary>
    public IReadOnlyList<Setting> Variables { get; init; } = [];

    /// <summary>Where the file lives, relative to the repository's root.</summary>
    public string Path => $".github/workflows/{File}.yml";

    /// <summary>Everything the platform would refuse or that would surprise at run time; empty for a sound workflow.</summary>
    public IReadOnlyList<string> Faults() =>
    [
        .. Jobs.GroupBy(job => job.Id).Where(same => same.Count() > 1).Select(same => $"{Path}: two jobs are called '{same.Key}'"),
        .. Jobs.SelectMany((job, index) => job.Needs.Except(Jobs.Take(index).Select(earlier => earlier.Id))
            .Select(missing => $"{Path}: job '{job.Id}' needs '{missing}', which is not written above it")),
        .. Jobs.Where(job => job.Timeout < TimeSpan.FromMinutes(1) || job.Timeout.Ticks % TimeSpan.TicksPerMinute != 0)
            .Select(job => $"{Path}: job '{job.Id}' may take {job.Timeout}, required: whole minutes, at least one"),
        .. Jobs.Where(job => job.Calls is null == (job.Steps.Count == 0)).Select(job => $"{Path}: job '{job.Id}' has no step and calls nothing, or both"),
        .. Artifacts().GroupBy(name => name).Where(same => same.Count() > 1)
            .Select(same => $"{Path}: the artifact '{same.Key}' is uploaded {same.Count()} times, and the platform accepts a name once"),
    ];

    private IEnumerable<string> Artifacts() =>
        from job in Jobs
        from step in job.Steps.OfType<Step.Use>()
        where step.Action.Name == "actions/upload-artifact"
        from input in step.Inputs
        where input.Name == "name"
        select input.Value.Value;
}
