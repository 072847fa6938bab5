using System.Text;
using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Generation;

namespace WasmWizard.Delivery.Monitoring;

/// <summary>Prometheus' configuration, the rules and their proofs, for each environment, from the strategy and the service's contract.</summary>
public static class MonitoringFiles
{
    /// <summary>The folder that belongs to the generator.</summary>
    public const string Folder = "monitoring";

    /// <summary>
    /// Files of proofs, by how far the alerts look and how often the rules are evaluated meanwhile: often enough to see a change of the samples
    /// before the proof looks, and no more often, because each time all rules are evaluated.
    /// </summary>
    private static readonly (string File, TimeSpan Above, TimeSpan UpTo, TimeSpan Evaluation)[] Proofs =
    [
        ("rules.test.yml", TimeSpan.Zero, TimeSpan.FromHours(2), TimeSpan.FromMinutes(5)),
        ("rules.hours.test.yml", TimeSpan.FromHours(2), TimeSpan.FromHours(12), TimeSpan.FromMinutes(30)),
        ("rules.days.test.yml", TimeSpan.FromHours(12), TimeSpan.MaxValue, TimeSpan.FromHours(2)),
    ];

    /// <summary>Metrics that an instance emits from its first scrape on, whatever it has served.</summary>
    private static readonly string[] AlwaysThere =
    [
        "wasm_wizard_build_info", "wasm_wizard_ready", "wasm_wizard_queue_depth", "wasm_wizard_queue_rejections_total",
        "wasm_wizard_process_resident_memory_bytes", "wasm_wizard_process_cpu_seconds_total", "wasm_wizard_data_path_free_bytes",
    ];

    /// <param name="local">Where a local environment answers.</param>
    /// <exception cref="FormatException">Rules ask for what the service does not emit; the message lists all of it.</exception>
    public static IReadOnlyList<GeneratedFile> Of(DeliveryStrategy strategy, MetricContract contract, Uri local)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(local);
        List<GeneratedFile> files = [.. strategy.Environments.SelectMany(environment => Of(environment, contract, local))];
        return contract.Faults.Count == 0
            ? files
            : throw new FormatException($"Alert rules rest on what the service does not emit: {string.Join("; ", contract.Faults)}. Change the rules or the service; nothing was generated.");
    }

    /// <summary>The alerts of an environment; none pages where the environment does not.</summary>
    public static IReadOnlyList<Alert> Alerts(DeploymentEnvironment environment, MetricContract contract)
    {
        var rule = environment.Monitoring;
        Alert[] alerts =
        [
            .. BurnRateAlerts.Availability(rule), .. BurnRateAlerts.Latency(rule),
            .. ConditionAlerts.All(rule, contract), .. ConditionAlerts.Absent(contract, AlwaysThere),
        ];
        return rule.Pages ? alerts : [.. alerts.Select(alert => alert with { Severity = AlertSeverity.Ticket })];
    }

    /// <summary>What the alerts share.</summary>
    public static IReadOnlyList<Recording> Recordings(DeploymentEnvironment environment, MetricContract contract) =>
        [.. BurnRateAlerts.Recordings(environment.Monitoring, contract)];

    private static IEnumerable<GeneratedFile> Of(DeploymentEnvironment environment, MetricContract contract, Uri local)
    {
        var recordings = Recordings(environment, contract);
        var alerts = Alerts(environment, contract);
        yield return FileOf(environment, "prometheus.yml", PrometheusYaml.Configuration(environment, contract.Port, local));
        yield return FileOf(environment, "rules.yml", PrometheusYaml.Rules(environment, recordings, alerts));
        foreach (var (file, above, upTo, evaluation) in Proofs)
            yield return FileOf(environment, file, PrometheusYaml.Proofs(environment, alerts.Where(alert => alert.LooksAt > above && alert.LooksAt <= upTo), evaluation));
    }

    private static GeneratedFile FileOf(DeploymentEnvironment environment, string name, string body)
    {
        var text = new StringBuilder();
        foreach (var line in GeneratedHeader.Lines("WasmWizard.Delivery", "build/Strategy.cs, src/WasmWizard.Service/service-contract.json"))
            text.Append("# ").Append(line).Append('\n');
        return new($"{Folder}/{environment.Word}/{name}", text.Append(body).ToString());
    }
}
