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

    private const int BatchSize = 500;

    /// <summary>Records are gathered this long: a commit costs as much as dozens of them.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);

    private readonly TaskCompletionSource _stopping = new();

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
        _stopping.TrySetResult();
        if (ExecuteTask is { } task)
            await task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<UsageRecord>(BatchSize);
        while (await _records.Reader.WaitToReadAsync(stoppingToken))
        {
            if (_records.Reader.Count < BatchSize)
                await Task.WhenAny(_stopping.Task, Task.Delay(Gathering, stoppingToken));
            while (batch.Count < BatchSize && _records.Reader.TryRead(out var record))
                batch.Add(record);
            try
            {
                await store.WriteAsync(batch, stoppingToken);
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
