using System.Data.Common;
using System.Threading.Channels;
using WasmWizard.Service.Logging;
using WasmWizard.Service.Metrics;

namespace WasmWizard.Service.Data;

/// <summary>
/// Writes usage records behind the requests, in batches. A request never waits for it: when the buffer is full, or the database
/// does not take them, records are dropped, counted and named in the log.
/// </summary>
public sealed class UsageLog(UsageStore store, IDatabase database, ServiceMetrics metrics, ILogger<UsageLog> logger) : BackgroundService
{
    /// <summary>Some seconds of the busiest service, about 2 MB.</summary>
    private const int Capacity = 10_000;

    private const int BatchSize = 2000;

    /// <summary>Records are gathered this long: a commit costs as much as dozens of them.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);

    // Without spinning, which took 20 µs of a processor at each wait.
    private readonly ManualResetEventSlim _stopping = new(initialState: false, spinCount: 0);

    private readonly Channel<UsageRecord> _records = Channel.CreateBounded<UsageRecord>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    public void Add(UsageRecord record)
    {
        if (!_records.Writer.TryWrite(record))
            metrics.UsageRecordsDropped.WithLabels("full").Inc();
    }

    /// <summary>Writes what is left, then ends.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _records.Writer.TryComplete();
        _stopping.Set();
        if (ExecuteTask is { } task)
            await task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _stopping.Dispose();
        base.Dispose();
    }

    /// <summary>On a thread of its own: SQLite writes, and waits for the disk, on the thread that asks, and requests would miss one of the pool's.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(() => WriteUntilStopped(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void WriteUntilStopped(CancellationToken cancellation)
    {
        var batch = new List<UsageRecord>(BatchSize);
        while (_records.Reader.WaitToReadAsync(cancellation).AsTask().GetAwaiter().GetResult())
        {
            if (_records.Reader.Count < BatchSize)
                _stopping.Wait(Gathering, cancellation);
            while (batch.Count < BatchSize && _records.Reader.TryRead(out var record))
                batch.Add(record);
            try
            {
                store.WriteAsync(batch, cancellation).GetAwaiter().GetResult();
            }
            catch (DbException exception)
            {
                metrics.UsageRecordsDropped.WithLabels("failed").Inc(batch.Count);
                logger.UsageDropped(batch.Count, database.Describe(exception));
            }

            batch.Clear();
        }
    }
}
