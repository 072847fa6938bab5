using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking;

/// <summary>One question that a repository is asked. Pure: a repository in memory in, findings out.</summary>
public abstract class CheckRule
{
    /// <summary>Never reused: people write it into waivers and searches.</summary>
    public abstract string Id { get; }

    /// <summary>What it finds, in a few words.</summary>
    public abstract string Title { get; }

    /// <summary>What it asks for, and why; stands as the promise where no strategy says it.</summary>
    public abstract string Required { get; }

    /// <summary>What a finding weighs unless its place says otherwise.</summary>
    public virtual CheckSeverity Severity => CheckSeverity.Error;

    public IEnumerable<CheckFinding> Of(Repository repository) =>
        Inspect(repository).Select(place => new CheckFinding(
            Id, place.Severity ?? Severity, place.File, Math.Max(1, place.Line), place.Promised ?? Required, place.Found, place.Fix));

    /// <summary>Each place that breaks the rule. What cannot be decided from the files is not a finding.</summary>
    protected abstract IEnumerable<Place> Inspect(Repository repository);
}

/// <summary>Where a rule is broken.</summary>
/// <param name="File">Relative to the root.</param>
/// <param name="Line">From 1.</param>
/// <param name="Found">What stands there.</param>
/// <param name="Fix">What to write instead.</param>
public sealed record Place(string File, int Line, string Found, string Fix)
{
    /// <summary>The strategy's line; null where the rule itself is the promise.</summary>
    public string? Promised { get; init; }

    /// <summary>Null for the rule's own.</summary>
    public CheckSeverity? Severity { get; init; }
}
