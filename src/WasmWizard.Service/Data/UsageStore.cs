using System.Data.Common;

namespace WasmWizard.Service.Data;

/// <summary>Writes and sums up usage_logs.</summary>
public sealed class UsageStore(IDatabase database)
{
    private static readonly string[] Columns =
    [
        "created_at", "user_id", "key_id", "tier", "module_sha256", "status", "exit_code", "duration_microseconds", "fuel_used",
        "memory_peak_bytes", "input_bytes", "output_bytes",
    ];

    private const double MicrosecondsPerMillisecond = 1000;
    private const double MicrosecondsPerSecond = 1_000_000;

    /// <summary>All or none.</summary>
    public async Task WriteAsync(IReadOnlyList<UsageRecord> records, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await database.InsertAsync(connection, transaction, "usage_logs", Columns, records, Write, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>In the order of <see cref="Columns"/>.</summary>
    private static void Write(UsageRecord record, SqlValue[] values)
    {
        values[0] = SqlValue.Of(record.At.ToUnixTimeMilliseconds());
        values[1] = SqlValue.Of(record.UserId);
        values[2] = SqlValue.Of(record.KeyId);
        values[3] = SqlValue.Of(record.Tier);
        values[4] = SqlValue.Of(record.ModuleSha256);
        values[5] = SqlValue.Of(record.Status);
        values[6] = SqlValue.Of(record.ExitCode);
        values[7] = SqlValue.Of((long)record.Duration.TotalMicroseconds);
        values[8] = SqlValue.Of(record.FuelUsed);
        values[9] = SqlValue.Of(record.MemoryPeakBytes);
        values[10] = SqlValue.Of(record.InputBytes);
        values[11] = SqlValue.Of(record.OutputBytes);
    }

    /// <param name="userId">Null: everybody.</param>
    /// <param name="from">Included.</param>
    /// <param name="to">Not included.</param>
    public async Task<UsageSummary> SummarizeAsync(string? userId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        var where = $"WHERE created_at >= @from AND created_at < @to{(userId is null ? "" : " AND user_id = @user")}";
        (string, object?)[] range = [("from", from.ToUnixTimeMilliseconds()), ("to", to.ToUnixTimeMilliseconds()), .. userId is null ? Array.Empty<(string, object?)>() : [("user", userId)]];
        await using var connection = await database.OpenAsync(cancellation);
        var groups = await connection.QueryAsync(
            $"SELECT status, count(*), sum(input_bytes), sum(output_bytes), sum(duration_microseconds) FROM usage_logs {where} GROUP BY status",
            r => (Status: r.GetString(0), Count: r.GetInt64(1), Input: Whole(r, 2), Output: Whole(r, 3), Microseconds: Whole(r, 4)),
            cancellation, range);
        var total = groups.Sum(g => g.Count);
        return new UsageSummary(
            from, to, total,
            total == 0 ? null : (double)groups.Where(g => g.Status == "success").Sum(g => g.Count) / total,
            groups.OrderBy(g => g.Status, StringComparer.Ordinal).ToDictionary(g => g.Status, g => g.Count),
            total == 0 ? null : await PercentilesAsync(connection, where, range, total, cancellation),
            groups.Sum(g => g.Input), groups.Sum(g => g.Output), groups.Sum(g => g.Microseconds) / MicrosecondsPerSecond);
    }

    private static async Task<DurationPercentiles> PercentilesAsync(
        DbConnection connection, string where, (string, object?)[] range, long total, CancellationToken cancellation)
    {
        return new DurationPercentiles(await RankAsync(0.5), await RankAsync(0.9), await RankAsync(0.99), await RankAsync(1));

        async Task<double> RankAsync(double share)
        {
            var skip = Math.Max(0, (long)Math.Ceiling(share * total) - 1);
            var rows = await connection.QueryAsync(
                $"SELECT duration_microseconds FROM usage_logs {where} ORDER BY duration_microseconds LIMIT 1 OFFSET @skip",
                r => r.GetInt64(0), cancellation, [.. range, ("skip", skip)]);
            // Rows may be written in between, never taken away: the rank exists.
            return rows[0] / MicrosecondsPerMillisecond;
        }
    }

    /// <summary>PostgreSQL sums bigint as numeric.</summary>
    private static long Whole(DbDataReader row, int column) => Convert.ToInt64(row.GetValue(column), System.Globalization.CultureInfo.InvariantCulture);
}
