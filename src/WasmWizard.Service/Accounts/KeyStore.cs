using System.Data.Common;
using WasmWizard.Service.Data;

namespace WasmWizard.Service.Accounts;

/// <summary>Keys and the sessions made with them. Asked at every request: a revoked key ends at once, everywhere.</summary>
public sealed class KeyStore(IDatabase database, TimeProvider clock)
{
    private const int RememberedKeys = 10_000;

    /// <summary>How exact "last used" is: one write a minute and key, not one a request.</summary>
    private static readonly TimeSpan TouchEvery = TimeSpan.FromMinutes(1);

    /// <summary>A session of the page ends after a working day.</summary>
    private static readonly TimeSpan SessionLength = TimeSpan.FromHours(12);

    private const string Columns = """
        k.id, k.user_id, u.role, k.expires_at, k.revoked_at, u.disabled_at, k.last_used_at,
        t.name, t.rank, t.executions_per_minute, t.executions_per_day, t.memory_bytes, t.wall_time_milliseconds
        """;

    private readonly FreshReads<KeyRow> _rows = new(database, (hashes, cancellation) => ReadAsync(database, hashes, cancellation), RememberedKeys);

    private const string Joined = "FROM api_keys k JOIN users u ON u.id = k.user_id JOIN subscription_tiers t ON t.name = k.tier";

    /// <param name="seen">The database's version since the request arrived; null: it is asked.</param>
    public async ValueTask<KeyLookup> FindAsync(ApiKey key, CancellationToken cancellation, long? seen = null) =>
        await JudgeAsync(await _rows.FindAsync(key.Hash, cancellation, seen), "unknown", cancellation);

    /// <param name="token">The session's cookie.</param>
    public async ValueTask<KeyLookup> FindSessionAsync(string token, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var rows = await connection.QueryAsync(
            $"SELECT {Columns} {Joined} JOIN sessions s ON s.key_id = k.id WHERE s.sha256 = @hash AND s.expires_at > @now",
            Read, cancellation, ("hash", Secrets.Hash(token)), ("now", Now));
        return await JudgeAsync(rows.Count == 0 ? null : rows[0], "session", cancellation);
    }

    /// <summary>Makes a key; its text is in the answer and nowhere else.</summary>
    public async Task<(string Id, ApiKey Key)> CreateAsync(string userId, string tier, DateTimeOffset? expires, CancellationToken cancellation)
    {
        var key = ApiKey.New();
        return (await AddAsync(key, userId, tier, expires, cancellation), key);
    }

    /// <summary>Lets a key hold that was made elsewhere; its id is the answer.</summary>
    public async Task<string> AddAsync(ApiKey key, string userId, string tier, DateTimeOffset? expires, CancellationToken cancellation)
    {
        var id = Ids.New(clock);
        await using var connection = await database.OpenAsync(cancellation);
        await connection.ExecuteAsync(
            "INSERT INTO api_keys (id, user_id, sha256, prefix, tier, created_at, expires_at) VALUES (@id, @user, @hash, @prefix, @tier, @now, @expires)",
            null, cancellation,
            ("id", id), ("user", userId), ("hash", key.Hash), ("prefix", key.Prefix), ("tier", tier), ("now", Now), ("expires", expires?.ToUnixTimeMilliseconds()));
        return id;
    }

    /// <summary>Newest first, revoked and expired ones included.</summary>
    public async Task<IReadOnlyList<KeyRecord>> ListAsync(string userId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.QueryAsync(
            "SELECT id, prefix, tier, created_at, expires_at, last_used_at, revoked_at FROM api_keys WHERE user_id = @user ORDER BY created_at DESC, id DESC",
            r => new KeyRecord(r.GetString(0), r.GetString(1), r.GetString(2), r.Time(3), r.TimeOrNull(4), r.TimeOrNull(5), r.TimeOrNull(6)),
            cancellation,
            ("user", userId));
    }

    /// <summary>False when there is no such key, or it is not this user's (null: anybody's). Revoking twice is fine.</summary>
    public async Task<bool> RevokeAsync(string id, string? userId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var rows = await connection.ExecuteAsync(
            $"UPDATE api_keys SET revoked_at = coalesce(revoked_at, @now) WHERE id = @id{(userId is null ? "" : " AND user_id = @user")}",
            null, cancellation, ("now", Now), ("id", id), ("user", userId ?? ""));
        return rows > 0;
    }

    /// <summary>The cookie of a new session; expired ones are swept away on the way.</summary>
    public async Task<(string Token, DateTimeOffset Expires)> StartSessionAsync(string keyId, CancellationToken cancellation)
    {
        var (token, expires) = (Secrets.Token(), clock.GetUtcNow() + SessionLength);
        await using var connection = await database.OpenAsync(cancellation);
        await connection.ExecuteAsync("DELETE FROM sessions WHERE expires_at <= @now", null, cancellation, ("now", Now));
        await connection.ExecuteAsync(
            "INSERT INTO sessions (sha256, key_id, created_at, expires_at) VALUES (@hash, @key, @now, @expires)",
            null, cancellation, ("hash", Secrets.Hash(token)), ("key", keyId), ("now", Now), ("expires", expires.ToUnixTimeMilliseconds()));
        return (token, expires);
    }

    public async Task EndSessionAsync(string token, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await connection.ExecuteAsync("DELETE FROM sessions WHERE sha256 = @hash", null, cancellation, ("hash", Secrets.Hash(token)));
    }

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private static async Task<IReadOnlyDictionary<string, KeyRow>> ReadAsync(IDatabase database, IReadOnlyCollection<string> hashes, CancellationToken cancellation)
    {
        var (list, parameters) = Sql.List("hash", hashes);
        await using var connection = await database.OpenAsync(cancellation);
        var rows = await connection.QueryAsync(
            $"SELECT {Columns}, k.sha256 {Joined} WHERE k.sha256 IN ({list})", r => (Hash: r.GetString(13), Row: Read(r)), cancellation, parameters);
        return rows.ToDictionary(row => row.Hash, row => row.Row, StringComparer.Ordinal);
    }

    private async ValueTask<KeyLookup> JudgeAsync(KeyRow? row, string whenAbsent, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        switch (row)
        {
            case null:
                return new KeyLookup.Refused(whenAbsent);
            case { RevokedAt: not null }:
                return new KeyLookup.Refused("revoked");
            case { ExpiresAt: { } expires } when expires <= now:
                return new KeyLookup.Refused("expired");
            case { DisabledAt: not null }:
                return new KeyLookup.Refused("disabled");
        }

        if (row.LastUsedAt is not { } last || now - last >= TouchEvery)
        {
            await using var connection = await database.OpenAsync(cancellation);
            await connection.ExecuteAsync("UPDATE api_keys SET last_used_at = @now WHERE id = @id", null, cancellation, ("now", Now), ("id", row.Valid.KeyId));
        }

        return row.Valid;
    }

    private static KeyRow Read(DbDataReader row) => new(
        new KeyLookup.Valid(row.GetString(0), row.GetString(1), Roles.Parse(row.GetString(2))!.Value, TierStore.Read(row, 7)),
        row.TimeOrNull(3), row.TimeOrNull(4), row.TimeOrNull(5), row.TimeOrNull(6));

    /// <param name="Valid">The answer when nothing speaks against the key.</param>
    private sealed record KeyRow(
        KeyLookup.Valid Valid, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset? DisabledAt, DateTimeOffset? LastUsedAt);
}
