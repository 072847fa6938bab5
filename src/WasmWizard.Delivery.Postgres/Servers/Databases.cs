namespace WasmWizard.Delivery.Postgres.Servers;

/// <summary>Makes and removes databases beside one, on its server. A name may be taken over from a run that was killed.</summary>
public sealed class Databases(PostgresAddress origin)
{
    /// <summary>PostgreSQL cuts names off behind this many bytes.</summary>
    private const int NameBytes = 63;

    /// <summary>Every server has it; one cannot be connected to a database that is to be renamed.</summary>
    private PostgresAddress Maintenance => origin.Of("postgres");

    /// <summary>The name of a database beside ours, e.g. <c>wasm_wizard_scratch</c>.</summary>
    public string Beside(string suffix)
    {
        var length = Math.Min(origin.Database.Length, NameBytes - suffix.Length - 1);
        return $"{origin.Database[..length]}_{suffix}";
    }

    /// <summary>An empty one with the encoding, the locale and the owner of ours; one of that name is dropped first.</summary>
    public async Task<PostgresAddress> CreateAnew(string name, CancellationToken cancellation)
    {
        await using var session = await Session.Open(Maintenance, cancellation);
        var like = (await session.Rows($"""
            SELECT pg_catalog.pg_encoding_to_char(d.encoding), d.datcollate, d.datctype, pg_catalog.pg_get_userbyid(d.datdba),
                   coalesce(to_jsonb(d) ->> 'datlocprovider', 'c'), coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale', '')
            FROM pg_catalog.pg_database d WHERE d.datname = {Session.Literal(origin.Database)}
            """, cancellation))[0];
        await session.Execute($"DROP DATABASE IF EXISTS {Session.Quote(name)} WITH (FORCE)", cancellation);
        var provider = like[4] == "i" ? $" LOCALE_PROVIDER icu ICU_LOCALE {Session.Literal(like[5])}" : "";
        await session.Execute(
            $"CREATE DATABASE {Session.Quote(name)} TEMPLATE template0 ENCODING {Session.Literal(like[0])} LC_COLLATE {Session.Literal(like[1])} LC_CTYPE {Session.Literal(like[2])}{provider} OWNER {Session.Quote(like[3])}",
            cancellation);
        return origin.Of(name);
    }

    /// <summary>Does nothing when there is none.</summary>
    public async Task Drop(string name, CancellationToken cancellation)
    {
        await using var session = await Session.Open(Maintenance, cancellation);
        await session.Execute($"DROP DATABASE IF EXISTS {Session.Quote(name)} WITH (FORCE)", cancellation);
    }

    /// <summary>Lets nobody in any more and ends who is in; what they had not committed did not happen.</summary>
    public async Task Close(CancellationToken cancellation)
    {
        await using var session = await Session.Open(Maintenance, cancellation);
        await session.Execute($"ALTER DATABASE {Session.Quote(origin.Database)} ALLOW_CONNECTIONS false", cancellation);
        await session.Execute($"SELECT pg_catalog.pg_terminate_backend(pid, 10000) FROM pg_catalog.pg_stat_activity WHERE datname = {Session.Literal(origin.Database)}", cancellation);
    }

    public async Task Reopen(string name, CancellationToken cancellation)
    {
        await using var session = await Session.Open(Maintenance, cancellation);
        await session.Execute($"ALTER DATABASE {Session.Quote(name)} ALLOW_CONNECTIONS true", cancellation);
    }

    /// <summary>Ours gets another name and the staged one gets ours, both or neither.</summary>
    public async Task Exchange(string staged, string kept, CancellationToken cancellation)
    {
        await using var session = await Session.Open(Maintenance, cancellation);
        await session.Execute(
            $"BEGIN; ALTER DATABASE {Session.Quote(origin.Database)} RENAME TO {Session.Quote(kept)}; ALTER DATABASE {Session.Quote(staged)} RENAME TO {Session.Quote(origin.Database)}; ALTER DATABASE {Session.Quote(kept)} ALLOW_CONNECTIONS true; COMMIT",
            cancellation);
    }
}
