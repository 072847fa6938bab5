using System.Text;
using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Generation;

namespace WasmWizard.Delivery.Monitoring;

/// <summary>Prometheus' configuration, the rules and their proofs, for each environment, from the strategy and the service's contract.</summary>
public static class MonitoringFiles
{
    /// <summary>The folder that belongs to the generator.</summary>
    public const string Folder = "monitoring";

    /// <summary>Proofs that look at more are a file of their own, evaluated less often.</summary>
    private static readonly TimeSpan HalfADay = TimeSpan.FromHours(12);

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
        yield return FileOf(environment, "rules.test.yml", PrometheusYaml.Proofs(environment, alerts.Where(alert => alert.LooksAt <= HalfADay), TimeSpan.FromMinutes(5)));
        yield return FileOf(environment, "rules.days.test.yml", PrometheusYaml.Proofs(environment, alerts.Where(alert => alert.LooksAt > HalfADay), TimeSpan.FromMinutes(30)));
    }

    private static GeneratedFile FileOf(DeploymentEnvironment environment, string name, string body)
    {
        var text = new StringBuilder();
        foreach (var line in GeneratedHeader.Lines("WasmWizard.Delivery", "build/Strategy.cs, src/WasmWizard.Service/service-contract.json"))
            text.Append("# ").Append(line).Append('\n');
        return new($"{Folder}/{environment.Word}/{name}", text.Append(body).ToString());
    }
}
