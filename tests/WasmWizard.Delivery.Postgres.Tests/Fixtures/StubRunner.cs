using WasmWizard.Delivery.Postgres.Rollouts;
using WasmWizard.Delivery.Postgres.Servers;
using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Postgres.Tests.Fixtures;

/// <summary>Applies a release's migrations as statements given by the test, recorded as the service records them.</summary>
internal sealed class StubRunner : IReleaseRunner
{
    /// <summary>What a migration does; by default it makes a table.</summary>
    public Func<string, string> Statement { get; init; } = migration => $"CREATE TABLE \"made by {migration}\" (id integer)";

    public Func<PostgresAddress, string?> OldRelease { get; init; } = _ => null;

    public List<string> Ran { get; } = [];

    public async Task<CommandEnd> Run(Release release, IReadOnlyList<string> command, PostgresAddress database, CancellationToken cancellation)
    {
        Ran.Add($"{string.Join(' ', command)} on {database.Database}");
        await using var session = await Session.Open(database, cancellation);
        foreach (var migration in release.Migrations.Except(await session.Migrations(cancellation)).ToList())
        {
            try
            {
                await session.Execute(
                    $"BEGIN; SET LOCAL search_path = public; {Statement(migration)}; INSERT INTO schema_migrations VALUES ({int.Parse(migration[..4], System.Globalization.CultureInfo.InvariantCulture)}, '{migration}', 'c', 'now'); COMMIT",
                    cancellation);
            }
            catch (Npgsql.PostgresException refused)
            {
                return new(1, refused.MessageText);
            }
        }

        return new(0, "");
    }

    public Task<string?> Try(Release release, PostgresAddress database, CancellationToken cancellation)
    {
        Ran.Add($"suite of {release.Version} on {database.Database}");
        return Task.FromResult(OldRelease(database));
    }
}
