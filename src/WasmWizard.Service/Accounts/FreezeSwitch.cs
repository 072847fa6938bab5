using WasmWizard.Service.Data;

namespace WasmWizard.Service.Accounts;

/// <summary>Why executions are stopped, since when, by whom.</summary>
public sealed record Freeze(string Reason, string By, DateTimeOffset Since);

/// <summary>Stops executions on every instance while the service stays up: asked from the database, remembered for a second.</summary>
public sealed class FreezeSwitch(IDatabase database, TimeProvider clock)
{
    private const string Name = "freeze-executions";

    /// <summary>How long an instance may not know yet.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(1);

    private Seen _seen = new(null, DateTimeOffset.MinValue);

    public async Task<Freeze?> ReadAsync(CancellationToken cancellation)
    {
        var seen = _seen;
        if (clock.GetUtcNow() < seen.Until)
            return seen.Freeze;
        await using var connection = await database.OpenAsync(cancellation);
        var rows = await connection.QueryAsync(
            "SELECT reason, set_by, set_at FROM switches WHERE name = @name", r => new Freeze(r.GetString(0), r.GetString(1), r.Time(2)), cancellation, ("name", Name));
        return Remember(rows.Count == 0 ? null : rows[0]);
    }

    public async Task SetAsync(string reason, string by, CancellationToken cancellation)
    {
        var freeze = new Freeze(reason, by, clock.GetUtcNow());
        await using var connection = await database.OpenAsync(cancellation);
        await connection.ExecuteAsync(
            """
            INSERT INTO switches (name, reason, set_by, set_at) VALUES (@name, @reason, @by, @at)
            ON CONFLICT (name) DO UPDATE SET reason = excluded.reason, set_by = excluded.set_by, set_at = excluded.set_at
            """,
            null, cancellation, ("name", Name), ("reason", reason), ("by", by), ("at", freeze.Since.ToUnixTimeMilliseconds()));
        Remember(freeze);
    }

    public async Task ClearAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await connection.ExecuteAsync("DELETE FROM switches WHERE name = @name", null, cancellation, ("name", Name));
        Remember(null);
    }

    private Freeze? Remember(Freeze? freeze)
    {
        _seen = new Seen(freeze, clock.GetUtcNow() + Remembered);
        return freeze;
    }

    private sealed record Seen(Freeze? Freeze, DateTimeOffset Until);
}
