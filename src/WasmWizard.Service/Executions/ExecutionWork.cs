namespace WasmWizard.Service.Executions;

/// <summary>What the pool runs.</summary>
/// <param name="Run">
/// Must not throw. What it returns tells the one who waits, and runs when the thread counts as free again: whoever has an
/// answer finds the slot free.
/// </param>
/// <param name="Displaced">Called instead when the work had to give its place in a full queue to a caller who waits with less.</param>
internal sealed record ExecutionWork(Func<Action> Run, Action Displaced);
