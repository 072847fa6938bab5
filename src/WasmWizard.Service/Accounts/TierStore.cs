using System.Data.Common;
using WasmWizard.Service.Data;

namespace WasmWizard.Service.Accounts;

/// <summary>The tiers.</summary>
public sealed class TierStore(IDatabase database)
{
    private const string Columns = "name, rank, executions_per_minute, executions_per_day, memory_bytes, wall_time_milliseconds";

    /// <summary>By rank, lowest first.</summary>
    public async Task<IReadOnlyList<Tier>> ListAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.QueryAsync($"SELECT {Columns} FROM subscription_tiers ORDER BY rank, name", r => Read(r, 0), cancellation);
    }

    public async Task<Tier?> FindAsync(string name, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var rows = await connection.QueryAsync($"SELECT {Columns} FROM subscription_tiers WHERE name = @name", r => Read(r, 0), cancellation, ("name", name));
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>Makes or changes a tier; keys of it have the new limits from their next request on.</summary>
    public async Task PutAsync(Tier tier, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await connection.ExecuteAsync(
            $"""
            INSERT INTO subscription_tiers ({Columns}) VALUES (@name, @rank, @minute, @day, @memory, @time)
            ON CONFLICT (name) DO UPDATE SET rank = excluded.rank, executions_per_minute = excluded.executions_per_minute,
                executions_per_day = excluded.executions_per_day, memory_bytes = excluded.memory_bytes,
                wall_time_milliseconds = excluded.wall_time_milliseconds
            """,
            null, cancellation,
            ("name", tier.Name), ("rank", tier.Rank), ("minute", tier.ExecutionsPerMinute), ("day", tier.ExecutionsPerDay),
            ("memory", tier.MemoryBytes), ("time", (long)tier.WallTime.TotalMilliseconds));
    }

    /// <param name="at">Column of the name; the others follow.</param>
    internal static Tier Read(DbDataReader row, int at) => new(
        row.GetString(at), row.GetInt32(at + 1), row.Number(at + 2), row.Number(at + 3), row.GetInt64(at + 4), TimeSpan.FromMilliseconds(row.GetInt64(at + 5)));
}
