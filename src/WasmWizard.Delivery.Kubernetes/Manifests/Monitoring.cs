using System.Globalization;
using System.Text.Json.Nodes;
using WasmWizard.Delivery.Monitoring;

namespace WasmWizard.Delivery.Kubernetes.Manifests;

/// <summary>What the Prometheus operator (monitoring.coreos.com/v1) watches: the service's own metrics, and the very alerts of monitoring/.</summary>
internal static class Monitoring
{
    private const string Api = "monitoring.coreos.com/v1";

    public static IEnumerable<JsonObject> All(ClusterSettings settings, MetricContract metrics) => [Monitor(settings), Rules(settings, metrics)];

    private static JsonObject Monitor(ClusterSettings settings) => new()
    {
        ["apiVersion"] = Api,
        ["kind"] = "ServiceMonitor",
        ["metadata"] = CustomObjects.Meta(settings, Names.Product, "monitoring"),
        ["spec"] = new JsonObject
        {
            ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { [Marks.Name] = Names.Product, [Marks.Component] = Marks.Service } },
            ["endpoints"] = new JsonArray(new JsonObject { ["port"] = "http", ["path"] = "/metrics", ["interval"] = "15s" }),
        },
    };

    private static JsonObject Rules(ClusterSettings settings, MetricContract metrics)
    {
        var recordings = MonitoringFiles.Recordings(settings.Environment, metrics)
            .Select(JsonNode? (recording) => new JsonObject { ["record"] = recording.Name, ["expr"] = recording.Expression });
        var alerts = MonitoringFiles.Alerts(settings.Environment, metrics).Select(JsonNode? (alert) => Rule(settings, alert));
        return new()
        {
            ["apiVersion"] = Api,
            ["kind"] = "PrometheusRule",
            ["metadata"] = CustomObjects.Meta(settings, Names.Product, "monitoring"),
            ["spec"] = new JsonObject { ["groups"] = new JsonArray(new JsonObject { ["name"] = Names.Product, ["rules"] = new JsonArray([.. recordings, .. alerts]) }) },
        };
    }

    private static JsonObject Rule(ClusterSettings settings, Alert alert) => new()
    {
        ["alert"] = alert.Name,
        ["expr"] = alert.Expression,
        ["for"] = string.Create(CultureInfo.InvariantCulture, $"{alert.Lasting.TotalSeconds:0}s"),
        ["labels"] = new JsonObject { ["environment"] = settings.Environment.Word, ["severity"] = alert.Severity.ToString().ToLowerInvariant() },
        ["annotations"] = new JsonObject { ["summary"] = alert.Summary, ["runbook"] = "docs/runbooks/alert-fires.md" },
    };
}
