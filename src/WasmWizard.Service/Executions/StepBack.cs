namespace WasmWizard.Service.Executions;

/// <summary>
/// Lets a thread step back a little behind those that answer requests: it computes for longer at a time, gives way at once to
/// threads that want a processor for a moment, and weighs less than half. No further: a thread far behind the others keeps them
/// waiting for the locks that it holds and for collections that wait for it (niceness 10 did, for 200 ms).
/// </summary>
internal static class StepBack
{
    /// <summary>Weight 423 where others have 1024.</summary>
    public const int Niceness = 4;

    /// <summary>Longer than the scheduler's own, of some milliseconds: from Linux 6.12 on longer ones give way to shorter ones.</summary>
    private const ulong SliceNanoseconds = 20_000_000;

    private const int LeastOfAll = 19;

    public static void AskForCurrentThread()
    {
        if (SchedulerAttributes.Of() is { } attributes)
            (attributes with { Nice = Math.Min(attributes.Nice + Niceness, LeastOfAll), Runtime = SliceNanoseconds }).AskFor();
    }
}
