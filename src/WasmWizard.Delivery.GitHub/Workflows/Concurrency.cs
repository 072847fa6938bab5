namespace WasmWizard.Delivery.GitHub.Workflows;

/// <summary>Which runs or jobs must not overlap.</summary>
/// <param name="Group">Those of the same group take turns.</param>
/// <param name="NewestWins">
/// True cancels what runs as soon as a newer one comes; false lets it finish and keeps every waiting one in its order
/// (<c>queue: max</c>, up to 100), where the platform's own default would drop all but the newest.
/// </param>
public sealed record Concurrency(string Group, bool NewestWins);
