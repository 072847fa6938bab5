using System.Globalization;
using System.Text.Json.Nodes;
using WasmWizard.Delivery.Kubernetes.Api;
using WasmWizard.Delivery.Kubernetes.Manifests;

namespace WasmWizard.Delivery.Kubernetes.State;

/// <summary>
/// What was done to the database that a version of the secrets names. With another version nothing is known, and both are done again: a
/// migration that was applied and a key that is known are left as they are by the service itself.
/// </summary>
/// <param name="Migrations">Applied, in order.</param>
/// <param name="Database">Version of the secrets by which they were.</param>
/// <param name="ProbeKey">Version of the secrets by which the probe's key was made known; 0: never.</param>
public sealed record SchemaRecord(IReadOnlyList<string> Migrations, int Database, int ProbeKey)
{
    public static readonly SchemaRecord Empty = new([], 0, 0);

    public IReadOnlyList<string> Pending(IReadOnlyList<string> wanted, int secrets) => Database == secrets ? [.. wanted.Except(Migrations)] : wanted;

    public static async Task<SchemaRecord> Read(ClusterApi api, string space, CancellationToken cancellation)
    {
        var data = (await api.Get(new(ApiKind.ConfigMap, space, Names.Schema), cancellation))?["data"];
        return data is null ? Empty : new(
            data["migrations"]?.GetValue<string>().Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [],
            Number(data["database"]),
            Number(data["probeKey"]));
    }

    public JsonObject ToObject(string space) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = new JsonObject
        {
            ["name"] = Names.Schema,
            ["namespace"] = space,
            ["labels"] = new JsonObject { [Marks.Kind] = "schema", [Marks.ManagedBy] = Names.FieldManager },
        },
        ["data"] = new JsonObject
        {
            ["migrations"] = string.Join('\n', Migrations),
            ["database"] = Database.ToString(CultureInfo.InvariantCulture),
            ["probeKey"] = ProbeKey.ToString(CultureInfo.InvariantCulture),
        },
    };

    private static int Number(JsonNode? text) => int.TryParse(text?.GetValue<string>(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
