namespace WasmWizard.Service.Executions;

/// <summary>
/// Who computes when more guests want to than there are processors. A guest that has run for <see cref="Quantum"/> takes turns
/// with the others like it on all processors but one; that one is left to the guests that end quickly. Turns change on epoch ticks,
/// inside the guest's own thread. While there are processors for all, nobody waits.
/// </summary>
internal sealed class ProcessorShare(int processors) : IDisposable
{
    /// <summary>100 ms: many times what a guest needs that is to answer within the objective of 200 ms.</summary>
    public static readonly TimeSpan Quantum = TimeSpan.FromMilliseconds(100);

    /// <summary>50 ms: five ticks, so that changing turns costs little.</summary>
    public static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(50);

    private readonly SemaphoreSlim _turns = new(Math.Max(1, processors - 1));
    private int _computing;

    /// <summary>Guests that run and do not sleep, waiting for a turn or not.</summary>
    public int Computing => Volatile.Read(ref _computing);

    public bool Crowded => Computing > processors;

    public void Enter() => Interlocked.Increment(ref _computing);

    public void Leave() => Interlocked.Decrement(ref _computing);

    /// <summary>Waits at most <paramref name="longest"/>, and not when nobody waits for the guest; false when there was no turn to be had.</summary>
    public bool TryTakeTurn(TimeSpan longest, CancellationToken abandoned)
    {
        try
        {
            return _turns.Wait(longest > TimeSpan.Zero ? longest : TimeSpan.Zero, abandoned);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public void GiveTurnBack() => _turns.Release();

    public void Dispose() => _turns.Dispose();
}
