using Perfolizer.Horology;

namespace WasmWizard.Benchmarks;

/// <summary>
/// The processor time of this process. Neighbours on a shared machine stretch the wall clock by more than any margin; they hardly touch this.
/// The price: what only waits is not seen.
/// </summary>
internal sealed class ProcessorClock : IClock
{
    public string Title => "processor time";

    /// <summary>Elsewhere it counts in steps of 16 ms, too coarse for an iteration.</summary>
    public bool IsAvailable => OperatingSystem.IsLinux();

    public Frequency Frequency => new(TimeSpan.TicksPerSecond);

    public long GetTimestamp() => Environment.CpuUsage.TotalTime.Ticks;
}
