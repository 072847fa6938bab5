using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using WasmWizard.Service.Logging;
using WasmWizard.Service.Metrics;

namespace WasmWizard.Service.Data;

/// <summary>
/// Writes usage records behind the requests, in batches. A request never waits for it: when the buffer is full, or the database
/// does not take them, records are dropped, counted and named in the log.
/// </summary>
public sealed class UsageLog(SqliteDatabase database, ServiceMetrics metrics, ILogger<UsageLog> logger) : BackgroundService
{
    /// <summary>Some seconds of the busiest service, about 2 MB.</summary>
    private const int Capacity = 10_000;

    private const int BatchSize = 500;

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
        if (ExecuteTask is { } task)
            await task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<UsageRecord>(BatchSize);
        while (await _records.Reader.WaitToReadAsync(stoppingToken))
        {
            while (batch.Count < BatchSize && _records.Reader.TryRead(out var record))
                batch.Add(record);
            try
            {
                await WriteAsync(batch, stoppingToken);
            }
            catch (SqliteException exception)
            {
                metrics.UsageRecordsDropped.WithLabels("failed").Inc(batch.Count);
                logger.UsageDropped(batch.Count, exception.SqliteErrorCode);
            }

            batch.Clear();
        }
    }

    private async Task WriteAsync(List<UsageRecord> batch, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var transaction = connection.BeginTransaction();
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = """
            INSERT INTO usage_logs (created_at, tier, module_sha256, status, exit_code, duration_microseconds, fuel_used, memory_peak_bytes, input_bytes, output_bytes)
            VALUES ($at, $tier, $module, $status, $exit, $duration, $fuel, $memory, $input, $output)
            """;
        foreach (var record in batch)
        {
            command.Parameters.Clear();
            command.Parameters.AddWithValue("$at", record.At.ToUnixTimeMilliseconds());
            command.Parameters.AddWithValue("$tier", record.Tier);
            command.Parameters.AddWithValue("$module", record.ModuleSha256);
            command.Parameters.AddWithValue("$status", record.Status);
            command.Parameters.AddWithValue("$exit", record.ExitCode ?? (object)DBNull.Value);
            command.Parameters.AddWithValue("$duration", (long)record.Duration.TotalMicroseconds);
            command.Parameters.AddWithValue("$fuel", record.FuelUsed ?? (object)DBNull.Value);
            command.Parameters.AddWithValue("$memory", record.MemoryPeakBytes);
            command.Parameters.AddWithValue("$input", record.InputBytes);
            command.Parameters.AddWithValue("$output", record.OutputBytes);
            await command.ExecuteNonQueryAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }
}
