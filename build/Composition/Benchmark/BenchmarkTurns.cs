using WasmWizard.Delivery.Gates.Benchmark;

/// <summary>A process of benchmarks that measures only when it is let.</summary>
/// <param name="running">The process; it ends with this.</param>
/// <param name="end">Waits for its end and reads what it measured.</param>
public sealed class BenchmarkTurns(Running running, Func<Running, CancellationToken, Task<IReadOnlyDictionary<string, BenchmarkMeasurement>>> end) : ITakesTurns, IDisposable
{
    private const string Turn = "turn";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <exception cref="TimeoutException">It neither asked for a turn nor ended.</exception>
    public async Task<bool> Asks(CancellationToken cancellation) => await running.Hear(cancellation).WaitAsync(Patience, cancellation) == Turn;

    public Task Give(CancellationToken cancellation) => running.Tell(Turn, cancellation);

    public Task<IReadOnlyDictionary<string, BenchmarkMeasurement>> End(CancellationToken cancellation) => end(running, cancellation);

    public void Dispose() => running.Dispose();
}
