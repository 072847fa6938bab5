namespace WasmWizard.Service.Executions;

/// <summary>Judgements about how a guest ended.</summary>
internal static class Outcomes
{
    /// <summary>
    /// Wasmtime refuses growth without telling the host, and the guest then fails in its own way: it aborts (a trap) or exits.
    /// Such a failure counts as "memory" when the memory could not grow by one page more, or when at least half of the limit
    /// was in use: allocators that double ask for as much again as they hold.
    /// </summary>
    public static GuestOutcome WithMemoryInMind(GuestOutcome outcome, long peakBytes, bool cannotGrow, ExecutionLimits limits) => outcome switch
    {
        GuestOutcome.Trapped or GuestOutcome.Exited when cannotGrow || peakBytes >= limits.MemoryBytes / 2 =>
            new GuestOutcome.OutOfMemory(limits.MemoryBytes, outcome.ExitCode),
        _ => outcome,
    };
}
