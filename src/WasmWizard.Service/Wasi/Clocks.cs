namespace WasmWizard.Service.Wasi;

/// <summary>WASI's clocks (witx: <c>clockid</c>), all in nanoseconds.</summary>
internal static class Clocks
{
    public const int Realtime = 0;
    public const int Monotonic = 1;
    public const int ProcessTime = 2;
    public const int ThreadTime = 3;

    public static ulong RealtimeNow() => (ulong)(DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;

    public static ulong Nanoseconds(TimeSpan time) => (ulong)time.Ticks * 100;

    /// <summary>Rounded up to whole ticks; what does not fit (292 years) is for ever.</summary>
    public static TimeSpan FromNanoseconds(ulong nanoseconds) =>
        TimeSpan.FromTicks((long)Math.Min((nanoseconds / 100) + (nanoseconds % 100 == 0 ? 0UL : 1UL), long.MaxValue));
}
