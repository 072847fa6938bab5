using System.Text;
using WasmWizard.Delivery.Environments;

namespace WasmWizard.Delivery.Monitoring;

/// <summary>Configuration, rules and proofs in the YAML that Prometheus and promtool read.</summary>
internal static class PrometheusYaml
{
    private const string Runbook = "docs/runbooks/alert-fires.md";

    public static string Configuration(DeploymentEnvironment environment, int port, Uri local) => $"""
        global:
          scrape_interval: 15s
          evaluation_interval: 15s
        rule_files: [rules.yml]
        scrape_configs:
          - job_name: {ConditionAlerts.Job}
        {Discovery(environment, port, local)}

        """;

    /// <summary>One group: its rules are evaluated in order, so that alerts see what was recorded at the same time.</summary>
    public static string Rules(DeploymentEnvironment environment, IEnumerable<Recording> recordings, IEnumerable<Alert> alerts)
    {
        var text = new StringBuilder("groups:\n  - name: wasm-wizard\n    rules:\n");
        foreach (var recording in recordings)
            text.Append($"      - record: {recording.Name}\n        expr: {Quote(recording.Expression)}\n");
        foreach (var alert in alerts)
        {
            text.Append($"      - alert: {alert.Name}\n        expr: {Quote(alert.Expression)}\n        for: {Minutes(alert.Lasting)}\n        labels:\n");
            foreach (var (name, value) in RuleLabels(environment, alert))
                text.Append($"          {name}: {value}\n");
            text.Append($"        annotations:\n          summary: {Quote(alert.Summary)}\n          runbook: {Runbook}\n");
        }

        return text.ToString();
    }

    /// <param name="evaluation">Time between two evaluations: proofs of days take seconds only when they are rare.</param>
    public static string Proofs(DeploymentEnvironment environment, IEnumerable<Alert> alerts, TimeSpan evaluation)
    {
        var text = new StringBuilder($"rule_files: [rules.yml]\nevaluation_interval: {Minutes(evaluation)}\ntests:\n");
        foreach (var alert in alerts)
        {
            Proof(text, environment, alert, alert.Fires, fires: true);
            foreach (var samples in alert.Silent)
                Proof(text, environment, alert, samples, fires: false);
        }

        return text.ToString();
    }

    private static void Proof(StringBuilder text, DeploymentEnvironment environment, Alert alert, IReadOnlyList<Samples> samples, bool fires)
    {
        text.Append($"  - interval: {Minutes(alert.Step)}\n");
        text.Append(samples.Count == 0 ? "    input_series: []\n" : "    input_series:\n");
        foreach (var series in samples)
            text.Append($"      - series: {Quote(series.Series)}\n        values: {Quote(series.Values)}\n");
        text.Append($"    alert_rule_test:\n      - eval_time: {Minutes(alert.LooksAt)}\n        alertname: {alert.Name}\n");
        if (!fires)
        {
            text.Append("        exp_alerts: []\n");
            return;
        }

        text.Append("        exp_alerts:\n          - exp_labels:\n");
        foreach (var (name, value) in RuleLabels(environment, alert).Concat(alert.FiringLabels.Select(label => (label.Key, label.Value))))
            text.Append($"              {name}: {value}\n");
        text.Append($"            exp_annotations:\n              summary: {Quote(alert.Summary)}\n              runbook: {Runbook}\n");
    }

    private static string Discovery(DeploymentEnvironment environment, int port, Uri local) => environment.Targets[0] switch
    {
        // By name, of a Service without an address of its own, so that each instance is scraped and no right on the cluster is needed.
        TargetKind.Kubernetes => DnsDiscovery($"wasm-wizard-instances.wasm-wizard-{environment.Word}.svc", port),
        TargetKind.Compose => DnsDiscovery("wasm-wizard", port),
        _ => $"""
                static_configs:
                  - targets: ["{local.Authority}"]
            """,
    };

    private static string DnsDiscovery(string name, int port) => $"""
            dns_sd_configs:
              - names: [{name}]
                type: A
                port: {port}
        """;

    private static IEnumerable<(string Name, string Value)> RuleLabels(DeploymentEnvironment environment, Alert alert) =>
        [("environment", environment.Word), ("severity", alert.Severity == AlertSeverity.Page ? "page" : "ticket")];

    private static string Minutes(TimeSpan time) => FormattableString.Invariant($"{(long)time.TotalMinutes}m");

    /// <summary>A single-quoted scalar: nothing in it is special but the quote itself.</summary>
    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
