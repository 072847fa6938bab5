using System.Data.Common;
using WasmWizard.Service.Data;

namespace WasmWizard.Service.Accounts;

/// <summary>A person or a program that has keys.</summary>
public sealed record User(string Id, string Name, string Role, string Tier, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt);

/// <summary>The users.</summary>
public sealed class UserStore(IDatabase database, TimeProvider clock)
{
    private const string Columns = "id, name, role, tier, created_at, disabled_at";

    public async Task<IReadOnlyList<User>> ListAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.QueryAsync($"SELECT {Columns} FROM users ORDER BY name", Read, cancellation);
    }

    public async Task<User?> FindAsync(string id, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await FindAsync(connection, "id", id, cancellation);
    }

    /// <summary>The user of this name, made when there is none; one that exists keeps its role and tier.</summary>
    public async Task<User> FindOrCreateAsync(string name, Role role, string tier, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await connection.ExecuteAsync(
            "INSERT INTO users (id, name, role, tier, created_at) VALUES (@id, @name, @role, @tier, @now) ON CONFLICT (name) DO NOTHING",
            null, cancellation,
            ("id", Ids.New(clock)), ("name", name), ("role", role.Word()), ("tier", tier), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()));
        return (await FindAsync(connection, "name", name, cancellation))!;
    }

    /// <summary>False when there is no such user. A user of another tier keeps the keys that were made; a disabled one has none that work.</summary>
    public async Task<bool> ChangeAsync(string id, Role? role, string? tier, bool? disabled, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var rows = await connection.ExecuteAsync(
            """
            UPDATE users SET
                role = coalesce(@role, role),
                tier = coalesce(@tier, tier),
                disabled_at = CASE @disabled WHEN 1 THEN coalesce(disabled_at, @now) WHEN 0 THEN NULL ELSE disabled_at END
            WHERE id = @id
            """,
            null, cancellation,
            ("role", role?.Word() ?? (object)DBNull.Value), ("tier", tier), ("disabled", disabled switch { true => 1, false => 0, null => -1 }),
            ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("id", id));
        return rows > 0;
    }

    private static async Task<User?> FindAsync(DbConnection connection, string column, string value, CancellationToken cancellation)
    {
        var rows = await connection.QueryAsync($"SELECT {Columns} FROM users WHERE {column} = @value", Read, cancellation, ("value", value));
        return rows.Count == 0 ? null : rows[0];
    }

    private static User Read(DbDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.Time(4), row.TimeOrNull(5));
}
