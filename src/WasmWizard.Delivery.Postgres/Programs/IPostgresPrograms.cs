using WasmWizard.Delivery.Postgres.Servers;

namespace WasmWizard.Delivery.Postgres.Programs;

/// <summary>PostgreSQL's own client programs, of the server's major version. A program that ends otherwise than well is a StepFailedException with what it said.</summary>
public interface IPostgresPrograms
{
    /// <summary>Everything in the snapshot, in pg_dump's custom format.</summary>
    Task Dump(PostgresAddress from, string snapshot, Stream archive, CancellationToken cancellation);

    /// <summary>The schema as text; of the snapshot where one is given.</summary>
    Task<string> Schema(PostgresAddress from, string? snapshot, CancellationToken cancellation);

    /// <summary>Into an empty database; the first error ends it.</summary>
    Task Restore(Stream archive, PostgresAddress into, CancellationToken cancellation);
}
