namespace WasmWizard.Service.Wasi;

/// <summary>WASI's clocks (witx: <c>clockid</c>), all in nanoseconds.</summary>
internal static class Clocks
{
    public const int Realtime = 0;
    public const int Monotonic = 1;
    public const int ProcessTime = 2;
    public const int ThreadTime = 3;

    /// <summary>Realtime is the host's; monotonic and the CPU-time clocks count from the guest's start. Null for a clock that is none.</summary>
    public static ulong? Now(GuestProcess guest, int clock) => clock switch
    {
        Realtime => (ulong)(DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100,
        Monotonic or ProcessTime or ThreadTime => (ulong)guest.Elapsed.Ticks * 100,
        _ => null,
    };

    /// <summary>Rounded up to whole ticks; what does not fit (292 years) is for ever.</summary>
    public static TimeSpan FromNanoseconds(ulong nanoseconds) =>
        TimeSpan.FromTicks((long)Math.Min((nanoseconds / 100) + (nanoseconds % 100 == 0 ? 0UL : 1UL), long.MaxValue));
}
