namespace WasmWizard.Delivery.Local.Front.Instances;

/// <summary>How long a crashed instance waits before it is started again: doubling, bounded, forgotten after it ran well.</summary>
public static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>An instance that ran this long starts over with the shortest pause.</summary>
    public static TimeSpan Settled { get; } = TimeSpan.FromMinutes(1);

    /// <param name="inARow">Crashes without a settled run between them, 1 or more.</param>
    public static TimeSpan After(int inARow)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inARow, 1);
        var doubled = First * Math.Pow(2, Math.Min(inARow - 1, 20));
        return doubled < Longest ? doubled : Longest;
    }
}
