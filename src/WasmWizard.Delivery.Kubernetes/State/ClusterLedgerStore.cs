using System.Text.Json.Nodes;
using WasmWizard.Delivery.Kubernetes.Api;
using WasmWizard.Delivery.Kubernetes.Manifests;
using WasmWizard.Delivery.Ledger;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Kubernetes.State;

/// <summary>
/// The ledger as one immutable ConfigMap per entry, named by its ordinal: the API refuses a name that is taken, which is a lost race, and
/// never holds half an object. Entries are kept for good: one takes less than a kilobyte, a deployment about forty.
/// </summary>
public sealed class ClusterLedgerStore(ClusterApi api, string space) : ILedgerStore
{
    private const string Kind = "ledger";
    private const string Entry = "entry";

    public async Task<RawLedger> Read(CancellationToken cancellation)
    {
        var entries = await api.List(ApiKind.ConfigMap, space, $"{Marks.Kind}={Kind}", cancellation);
        return new RawLedger([.. entries.OrderBy(NameOf, StringComparer.Ordinal).Select(entry => entry["data"]![Entry]!.GetValue<string>())], null);
    }

    public async Task<bool> Append(LedgerEntry entry, CancellationToken cancellation)
    {
        var stored = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ConfigMap",
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{Names.Product}-ledger-{entry.Ordinal:D10}",
                ["namespace"] = space,
                ["labels"] = new JsonObject { [Marks.Kind] = Kind, [Marks.ManagedBy] = Names.FieldManager },
            },
            ["immutable"] = true,
            ["data"] = new JsonObject { [Entry] = LedgerJson.Write(entry) },
        };
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await api.Create(stored, cancellation) is not null;
            }
            catch (ClusterException passing) when ((passing.IsPassing || passing.IsConflict) && attempt < 5)
            {
                // A conflict that is not about the name is about something that the API counts beside the object, such as a quota.
                // Sent again, the entry may meet itself: that is told as a lost race, and the journal finds its own entry there.
                await api.Wait(passing.After ?? TimeSpan.FromMilliseconds(250 * attempt), cancellation);
            }
        }
    }

    private static string NameOf(JsonObject entry) => entry["metadata"]!["name"]!.GetValue<string>();
}
