using System.Text.Json.Nodes;
using WasmWizard.Delivery.Kubernetes.Simulator.Objects;
using WasmWizard.Delivery.Kubernetes.Simulator.Storage;

namespace WasmWizard.Delivery.Kubernetes.Simulator.Controllers;

/// <summary>What controllers share: the objects, the time, and how they say what they did.</summary>
internal sealed class Scope(ObjectStore store, TimeProvider time)
{
    private long _events;

    public ObjectStore Store => store;

    public DateTimeOffset Now => time.GetUtcNow();

    public static Resource Resource(string kind) => Objects.Resource.BuiltIn.First(resource => resource.Kind == kind);

    public static readonly Resource Pods = Resource("Pod");
    public static readonly Resource ReplicaSets = Resource("ReplicaSet");
    public static readonly Resource Deployments = Resource("Deployment");
    public static readonly Resource Jobs = Resource("Job");
    public static readonly Resource Events = Resource("Event");

    /// <summary>Pods that an object owns, also those that are ending.</summary>
    public IReadOnlyList<JsonObject> PodsOf(JsonObject owner) => [.. store.All(Pods, owner.Space()).Where(pod => pod.Owner().Text("uid") == owner.Uid())];

    /// <summary>Writes a status where it differs; nobody hears of one that does not.</summary>
    public void SetStatus(Resource resource, JsonObject live, JsonObject status)
    {
        if (JsonNode.DeepEquals(live["status"], status))
            return;
        var changed = live.Copy();
        changed["status"] = status;
        store.Set(resource, changed);
    }

    /// <summary>An event about an object; the same one again counts up.</summary>
    public void Tell(JsonObject about, string type, string reason, string message)
    {
        var known = store.All(Events, about.Space()).FirstOrDefault(told => told.Text("involvedObject", "uid") == about.Uid() && told.Text("reason") == reason && told.Text("message") == message);
        if (known is not null)
        {
            var again = known.Copy();
            again["count"] = (known.Number("count") ?? 1) + 1;
            again["lastTimestamp"] = Json.Time(Now);
            store.Set(Events, again);
            return;
        }

        store.Add(Events, new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = $"{about.Name()}.{++_events:x16}", ["namespace"] = about.Space() },
            ["involvedObject"] = new JsonObject { ["kind"] = about.Text("kind"), ["name"] = about.Name(), ["namespace"] = about.Space(), ["uid"] = about.Uid() },
            ["reason"] = reason,
            ["message"] = message,
            ["type"] = type,
            ["count"] = 1,
            ["firstTimestamp"] = Json.Time(Now),
            ["lastTimestamp"] = Json.Time(Now),
            ["source"] = new JsonObject { ["component"] = "simulator" },
        });
    }

    public static JsonArray OwnerOf(JsonObject owner) => new(new JsonObject
    {
        ["apiVersion"] = owner.Text("apiVersion"),
        ["kind"] = owner.Text("kind"),
        ["name"] = owner.Name(),
        ["uid"] = owner.Uid(),
        ["controller"] = true,
        ["blockOwnerDeletion"] = true,
    });

    public static bool IsReady(JsonObject pod) => !IsEnding(pod) && Condition(pod, "Ready") == "True";

    public static bool IsEnding(JsonObject pod) => pod.Text("metadata", "deletionTimestamp") is not null;

    public static string? Condition(JsonObject whole, string type) =>
        (whole.At("status", "conditions") as JsonArray)?.OfType<JsonObject>().FirstOrDefault(condition => condition.Text("type") == type).Text("status");
}
