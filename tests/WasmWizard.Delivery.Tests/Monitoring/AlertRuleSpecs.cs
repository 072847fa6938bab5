using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Generation;
using WasmWizard.Delivery.Monitoring;
using WasmWizard.Delivery.Tests.Environments;

namespace WasmWizard.Delivery.Tests.Monitoring;

public class AlertRuleSpecs
{
    private static readonly Uri Local = new("http://127.0.0.1:8095");

    private static readonly string[] Environments = ["production", "staging", "research"];

    private static readonly string[] Names = ["prometheus.yml", "rules.yml", "rules.test.yml", "rules.hours.test.yml", "rules.days.test.yml"];

    private static readonly ContractMetric[] Metrics =
    [
        new("wasm_wizard_http_requests_total", "counter", ["method", "route", "status"], []),
        new("wasm_wizard_http_request_duration_seconds", "histogram", ["method", "route", "status"], [0.1, 0.2, 1]),
        new("wasm_wizard_authentication_failures_total", "counter", ["reason"], []),
        .. new[]
        {
            "wasm_wizard_process_resident_memory_bytes", "wasm_wizard_process_cpu_seconds_total", "wasm_wizard_data_path_free_bytes", "wasm_wizard_queue_depth",
            "wasm_wizard_queue_rejections_total", "wasm_wizard_ready", "wasm_wizard_last_backup_timestamp_seconds", "wasm_wizard_build_info",
        }.Select(name => new ContractMetric(name, "gauge", [], [])),
    ];

    [Fact]
    public void Each_environment_has_a_configuration_rules_and_their_proofs()
    {
        var files = Generate(Metrics);

        Assert.Equal(
            from environment in Environments
            from name in Names
            select $"monitoring/{environment}/{name}",
            files.Select(file => file.Path));
        Assert.All(files, file => Assert.True(GeneratedHeader.Marks(System.Text.Encoding.UTF8.GetBytes(file.Content))));
    }

    [Fact]
    public void Every_alert_is_proven_to_fire_and_to_stay_silent()
    {
        var rules = TextOf("production/rules.yml");
        var proofs = string.Concat(Names[2..].Select(name => TextOf($"production/{name}")));
        var names = Alerts(Rule(pages: true)).Select(alert => alert.Name).ToList();

        Assert.Contains("AvailabilityBurn1h", names);
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.All(names, name =>
        {
            Assert.Contains($"- alert: {name}\n", rules, StringComparison.Ordinal);
            Assert.Contains($"alertname: {name}\n        exp_alerts:\n          - exp_labels:", proofs, StringComparison.Ordinal);
            Assert.Contains($"alertname: {name}\n        exp_alerts: []", proofs, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("wasm_wizard_queue_depth", "the service emits no metric wasm_wizard_queue_depth")]
    [InlineData("wasm_wizard_http_requests_total", "the service emits no metric wasm_wizard_http_requests_total")]
    public void A_rule_on_a_metric_that_the_service_lacks_stops_the_generation(string metric, string fault) =>
        Assert.Contains(fault, Assert.Throws<FormatException>(() => Generate([.. Metrics.Where(m => m.Name != metric)])).Message, StringComparison.Ordinal);

    [Fact]
    public void All_that_rules_lack_is_told_at_once()
    {
        ContractMetric[] metrics =
        [
            .. Metrics.Where(metric => metric.Name is not ("wasm_wizard_ready" or "wasm_wizard_authentication_failures_total" or "wasm_wizard_http_request_duration_seconds")),
            new("wasm_wizard_authentication_failures_total", "counter", ["why"], []),
            new("wasm_wizard_http_request_duration_seconds", "histogram", ["method", "route", "status"], [0.1, 0.25]),
        ];

        var message = Assert.Throws<FormatException>(() => Generate(metrics)).Message;

        Assert.Contains("the service emits no metric wasm_wizard_ready", message, StringComparison.Ordinal);
        Assert.Contains("the metric wasm_wizard_authentication_failures_total has no label reason", message, StringComparison.Ordinal);
        Assert.Contains("the metric wasm_wizard_http_request_duration_seconds has no bucket that ends at 0.2 s", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AvailabilityBurn1h", "wasm_wizard:http_errors:ratio_rate1h > 0.0144 and wasm_wizard:http_errors:ratio_rate5m > 0.0144")]
    [InlineData("AvailabilityBurn3d", "wasm_wizard:http_errors:ratio_rate3d > 0.001 and wasm_wizard:http_errors:ratio_rate6h > 0.001")]
    [InlineData("LatencyBurn1h", "wasm_wizard:http_slow:ratio_rate1h > 0.144 and wasm_wizard:http_slow:ratio_rate5m > 0.144")]
    [InlineData("LatencyBurn6h", "wasm_wizard:http_slow:ratio_rate6h > 0.06 and wasm_wizard:http_slow:ratio_rate30m > 0.06")]
    public void The_factors_of_the_budget_become_thresholds(string alert, string expression) =>
        Assert.Equal(expression, Alerts(Rule(pages: true)).Single(a => a.Name == alert).Expression);

    [Fact]
    public void Only_an_environment_that_pages_has_alerts_that_page()
    {
        Assert.Contains(Alerts(Rule(pages: true)), alert => alert.Severity == AlertSeverity.Page);
        Assert.DoesNotContain(Alerts(Rule(pages: false)), alert => alert.Severity == AlertSeverity.Page);
    }

    [Fact]
    public void The_age_of_backups_is_watched_where_there_is_a_schedule()
    {
        Assert.DoesNotContain(Alerts(Rule(pages: true)), alert => alert.Name == "BackupOld");
        var watched = Alerts(Rule(pages: true) with { BackupAge = TimeSpan.FromHours(26) }).Single(alert => alert.Name == "BackupOld");
        Assert.Equal("time() - max(wasm_wizard_last_backup_timestamp_seconds) > 93600", watched.Expression);
    }

    [Fact]
    public void Each_environment_is_scraped_where_it_runs()
    {
        Assert.Contains("names: [wasm-wizard-instances.wasm-wizard-production.svc]\n        type: A\n        port: 8080\n", TextOf("production/prometheus.yml"), StringComparison.Ordinal);
        Assert.Contains("names: [wasm-wizard]\n", TextOf("staging/prometheus.yml"), StringComparison.Ordinal);
        Assert.Contains("targets: [\"127.0.0.1:8095\"]", TextOf("research/prometheus.yml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"metrics":[]}""")]
    [InlineData("""{"ports":[{"name":"http","port":8080}],"metrics":[{"name":"x"}]}""")]
    public void A_contract_that_cannot_be_read_is_refused(string json) => Assert.Throws<FormatException>(() => MetricContract.Parse(json));

    private static MonitoringRule Rule(bool pages) => new(Availability: 99.9m, Latency: 99m, pages);

    private static IReadOnlyList<Alert> Alerts(MonitoringRule rule) =>
        MonitoringFiles.Alerts(SampleStrategy.Create().Environments[0] with { Monitoring = rule }, new MetricContract(Metrics, 8080));

    private static string TextOf(string path) => Generate(Metrics).Single(file => file.Path == $"monitoring/{path}").Content;

    private static IReadOnlyList<GeneratedFile> Generate(IEnumerable<ContractMetric> metrics) =>
        MonitoringFiles.Of(SampleStrategy.Create(), new MetricContract(metrics, 8080), Local);
}
