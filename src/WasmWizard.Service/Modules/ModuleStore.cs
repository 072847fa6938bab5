using System.Data.Common;
using WasmWizard.Service.Accounts;
using WasmWizard.Service.Data;

namespace WasmWizard.Service.Modules;

/// <summary>Stored modules. The same bytes of the same owner are stored once.</summary>
public sealed class ModuleStore(IDatabase database, TimeProvider clock)
{
    private const int RememberedModules = 10_000;

    private readonly FreshReads<StoredModule> _modules = new(database, (ids, cancellation) => ReadAsync(database, ids, cancellation), RememberedModules);

    private const string Columns = "id, owner_id, name, description, is_public, sha256, size_bytes, uploaded_at";

    /// <summary>The module, and whether it is new; bytes that the owner stored before keep their id, name and time.</summary>
    public async Task<(StoredModule Module, bool IsNew)> AddAsync(
        string ownerId, string name, string description, bool isPublic, ModuleHash hash, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        var id = Ids.New(clock);
        await using var connection = await database.OpenAsync(cancellation);
        var added = await connection.ExecuteAsync(
            $"""
            INSERT INTO wasm_modules ({Columns}, content) VALUES (@id, @owner, @name, @description, @public, @hash, @size, @now, @content)
            ON CONFLICT (owner_id, sha256) DO NOTHING
            """,
            null, cancellation,
            ("id", id), ("owner", ownerId), ("name", name), ("description", description), ("public", isPublic), ("hash", hash.ToString()),
            ("size", (long)content.Length), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("content", content.ToArray()));
        var rows = await connection.QueryAsync(
            $"SELECT {Columns} FROM wasm_modules WHERE owner_id = @owner AND sha256 = @hash", Read, cancellation, ("owner", ownerId), ("hash", hash.ToString()));
        return (rows[0], added > 0);
    }

    /// <summary>A page of what a user may see, newest first, and how many there are in all.</summary>
    /// <param name="page">From 1.</param>
    public async Task<(IReadOnlyList<StoredModule> Modules, long Total)> ListAsync(
        string userId, bool includePublic, int page, int limit, CancellationToken cancellation)
    {
        var visible = includePublic ? "(owner_id = @user OR is_public = @yes)" : "owner_id = @user";
        (string, object?)[] who = includePublic ? [("user", userId), ("yes", true)] : [("user", userId)];
        await using var connection = await database.OpenAsync(cancellation);
        var total = await connection.QueryAsync($"SELECT count(*) FROM wasm_modules WHERE {visible}", r => r.GetInt64(0), cancellation, who);
        var modules = await connection.QueryAsync(
            $"SELECT {Columns} FROM wasm_modules WHERE {visible} ORDER BY uploaded_at DESC, id DESC LIMIT @limit OFFSET @offset",
            Read, cancellation, [.. who, ("limit", (long)limit), ("offset", (page - 1L) * limit)]);
        return (modules, total[0]);
    }

    /// <summary>The module when this user may run it: their own, or a public one; null otherwise, whether it exists or not.</summary>
    /// <param name="seen">The database's version since the request arrived; null: it is asked.</param>
    public async ValueTask<StoredModule?> FindAsync(string id, string userId, CancellationToken cancellation, long? seen = null) =>
        await _modules.FindAsync(id, cancellation, seen) is { } module && (module.OwnerId == userId || module.IsPublic) ? module : null;

    /// <summary>The bytes; null when the module was deleted meanwhile.</summary>
    public async Task<byte[]?> ContentAsync(string id, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var rows = await connection.QueryAsync("SELECT content FROM wasm_modules WHERE id = @id", r => r.GetFieldValue<byte[]>(0), cancellation, ("id", id));
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>False when this user owns no such module.</summary>
    public async Task<bool> DeleteAsync(string id, string userId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.ExecuteAsync("DELETE FROM wasm_modules WHERE id = @id AND owner_id = @user", null, cancellation, ("id", id), ("user", userId)) > 0;
    }

    private static async Task<IReadOnlyDictionary<string, StoredModule>> ReadAsync(IDatabase database, IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        var (list, parameters) = Sql.List("id", ids);
        await using var connection = await database.OpenAsync(cancellation);
        var rows = await connection.QueryAsync($"SELECT {Columns} FROM wasm_modules WHERE id IN ({list})", Read, cancellation, parameters);
        return rows.ToDictionary(module => module.Id, StringComparer.Ordinal);
    }

    private static StoredModule Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetBoolean(4), row.GetString(5), row.GetInt64(6), row.Time(7));
}
