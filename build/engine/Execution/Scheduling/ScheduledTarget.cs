namespace WasmWizard.BuildEngine;

/// <summary>What the scheduler knows of one planned target. Targets are numbered by their position in the serial plan.</summary>
/// <param name="After">Positions that must be final before this one starts; all of them are smaller than its own.</param>
internal sealed record ScheduledTarget(IReadOnlyList<int> After)
{
    /// <summary>The others go on when it fails.</summary>
    public bool Proceeds { get; init; }

    /// <summary>Runs although another one failed or the build was cancelled.</summary>
    public bool IsAssured { get; init; }

    /// <summary>Nothing else runs meanwhile.</summary>
    public bool IsAlone { get; init; }

    /// <summary>Two that share a name never run at the same time.</summary>
    public IReadOnlyList<string> Locks { get; init; } = [];

    /// <summary>How long it may take; only the order of starts depends on it. One second where nothing is known.</summary>
    public TimeSpan Estimate { get; init; } = TimeSpan.FromSeconds(1);
}
