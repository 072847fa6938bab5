using System.Text.Json;
using WasmWizard.Service.Data;
using WasmWizard.Service.Metrics;
using WasmWizard.Service.Settings;
using WasmWizard.Service.Web;

namespace WasmWizard.Service.Commands;

/// <summary>
/// What delivery has to know about the service, as data: nothing else may name a metric, a route or a variable. The file
/// service-contract.json beside the project is this text, and a test holds it so.
/// </summary>
public static class ServiceContract
{
    /// <summary>Raised when a reader of an earlier form would misread this one.</summary>
    private const int Schema = 1;

    /// <summary>Depends on the code alone, byte for byte.</summary>
    public static string ToJson() => JsonSerializer.Serialize(
        new
        {
            schema = Schema,
            service = "wasm-wizard",
            ports = new[] { new { name = "http", variable = Variables.ListenUrls.Name, port = 8080 } },
            commands = new[]
            {
                new { name = "migrate", does = "brings the schema forward", exitCodes = "0 done, 2 settings, 3 a migration's text was altered" },
                new { name = "check", does = "prints {applied, pending, unknown, altered}", exitCodes = "0 current, 2 settings, 3 pending or altered" },
                new { name = "admin create-key", does = "makes a key: --role, --tier, --user, --expires-in-days, --file", exitCodes = "0 done, 2 settings or options" },
                new { name = "admin register-key", does = "lets the key in --file hold: --role, --tier, --user, --file", exitCodes = "0 it holds, 2 settings, options or file, 3 it was revoked or has expired" },
                new { name = "admin check-key", does = "says whether the key in --file holds", exitCodes = "0 it holds, 2 settings or file, 3 it does not" },
            },
            routes = Routes.All.Select(r => new { r.Method, r.Path, auth = r.Auth.ToString().ToLowerInvariant(), r.Probe, r.Meaning }),
            variables = Variables.All,
            metrics = MetricCatalog.All,
            migrations = Rows("postgres", Migration.Postgres).Concat(Rows("sqlite", Migration.Sqlite)),
        },
        Json.Indented) + "\n";

    private static IEnumerable<object> Rows(string engine, IReadOnlyList<Migration> migrations) =>
        migrations.Select(m => new { engine, m.Version, m.Name, m.Checksum });
}
