using WasmWizard.Delivery.Environments;

namespace WasmWizard.Delivery.Monitoring;

/// <summary>Alerts on states that hurt soon or say that nothing is known: refused keys, resources, queue, backups, absent metrics.</summary>
internal static class ConditionAlerts
{
    /// <summary>How the scraped service is called in every environment.</summary>
    public const string Job = "wasm-wizard";

    private const string Instance = "job=\"" + Job + "\",instance=\"one\"";

    private const int ProofMinutes = 60;

    /// <summary>The longest for which Prometheus still takes the last sample as the present one.</summary>
    private static readonly TimeSpan BackupStep = TimeSpan.FromMinutes(5);

    /// <summary>Three evaluations of the proofs that look at days: one at which a backup is just not too old, two between which the alert waits.</summary>
    private static readonly TimeSpan BackupsLater = TimeSpan.FromHours(6);

    private static readonly TimeSpan LooksAt = TimeSpan.FromMinutes(50);

    public static IEnumerable<Alert> All(MonitoringRule rule, MetricContract contract)
    {
        yield return AuthenticationFailures(rule, contract.Use("wasm_wizard_authentication_failures_total", "reason"));
        yield return Above("MemoryHigh", contract.Use("wasm_wizard_process_resident_memory_bytes"), rule.MemoryBytes, TimeSpan.FromMinutes(15),
            $"An instance holds more than {Mebibytes(rule.MemoryBytes)} MiB for 15 minutes; the system will end it when it grows on.");
        yield return Processors(rule, contract.Use("wasm_wizard_process_cpu_seconds_total"));
        yield return DiskLow(rule, contract.Use("wasm_wizard_data_path_free_bytes"));
        yield return Above("QueueLong", $"avg_over_time({contract.Use("wasm_wizard_queue_depth")}[5m])", rule.QueueDepth, TimeSpan.FromMinutes(5),
            $"More than {rule.QueueDepth} executions wait, on average over 5 minutes; when the queue is full, callers get 503.");
        yield return Rejections(contract.Use("wasm_wizard_queue_rejections_total"));
        yield return NotReady(contract.Use("wasm_wizard_ready"));
        if (rule.BackupAge is { } age)
            yield return BackupOld(age, contract.Use("wasm_wizard_last_backup_timestamp_seconds"));
    }

    /// <summary>An instance that does not answer, and each metric of the other rules that nobody emits: a rule without data is silent for ever.</summary>
    public static IEnumerable<Alert> Absent(MetricContract contract, IEnumerable<string> alwaysThere)
    {
        yield return new()
        {
            Name = "InstanceDown",
            Expression = $"up{{job=\"{Job}\"}} == 0 or absent(up{{job=\"{Job}\"}})",
            Lasting = TimeSpan.FromMinutes(5),
            Severity = AlertSeverity.Page,
            Summary = "An instance does not answer scrapes for 5 minutes, or there is none; nothing is known about it.",
            FiringLabels = new Dictionary<string, string> { ["job"] = Job },
            LooksAt = LooksAt,
            Fires = [],
            Silent = [[new($"up{{{Instance}}}", $"1x{ProofMinutes}")]],
        };
        foreach (var metric in alwaysThere)
        {
            yield return new()
            {
                Name = $"Absent_{metric}",
                Expression = $"absent({contract.Use(metric)})",
                Lasting = TimeSpan.FromMinutes(10),
                Severity = AlertSeverity.Ticket,
                Summary = $"Nobody emits {metric} for 10 minutes; the alerts that rest on it cannot fire.",
                LooksAt = LooksAt,
                Fires = [],
                Silent = [[new($"{metric}{{{Instance}}}", $"1x{ProofMinutes}")]],
            };
        }
    }

    private static Alert AuthenticationFailures(MonitoringRule rule, string metric) => new()
    {
        Name = "AuthenticationFailures",
        Expression = $"sum by (reason) (increase({metric}[5m])) > {rule.AuthenticationFailures}",
        Lasting = TimeSpan.FromMinutes(1),
        Severity = AlertSeverity.Page,
        Summary = $"More than {rule.AuthenticationFailures} requests within 5 minutes were refused for one reason about their key; somebody may be trying keys.",
        FiringLabels = new Dictionary<string, string> { ["reason"] = "unknown" },
        LooksAt = LooksAt,
        Fires = [new($"{metric}{{{Instance},reason=\"unknown\"}}", Counting(rule.AuthenticationFailures))],
        Silent =
        [
            [new($"{metric}{{{Instance},reason=\"unknown\"}}", Counting(Math.Max(0, (rule.AuthenticationFailures / 5) - 1)))],
            [new($"{metric}{{{Instance},reason=\"missing\"}}", $"{rule.AuthenticationFailures * 100}x{ProofMinutes}")],
        ],
    };

    private static Alert Processors(MonitoringRule rule, string metric) => new()
    {
        Name = "ProcessorBusy",
        Expression = FormattableString.Invariant($"rate({metric}[15m]) > {rule.Processors}"),
        Lasting = TimeSpan.FromMinutes(15),
        Severity = AlertSeverity.Ticket,
        Summary = FormattableString.Invariant($"An instance keeps more than {rule.Processors} processors busy for 15 minutes; answers become slow."),
        FiringLabels = OneInstance,
        LooksAt = LooksAt,
        Fires = [new($"{metric}{{{Instance}}}", Counting((int)(rule.Processors * 60) + 6))],
        Silent = [[new($"{metric}{{{Instance}}}", Counting((int)(rule.Processors * 60) - 6))]],
    };

    private static Alert DiskLow(MonitoringRule rule, string metric) => new()
    {
        Name = "DiskLow",
        Expression = $"{metric} < {rule.DiskFreeBytes}",
        Lasting = TimeSpan.FromMinutes(10),
        Severity = AlertSeverity.Ticket,
        Summary = $"Less than {Mebibytes(rule.DiskFreeBytes)} MiB are free under DATA_PATH; when it is full, the service is not ready.",
        FiringLabels = OneInstance,
        LooksAt = LooksAt,
        Fires = [new($"{metric}{{{Instance}}}", $"{rule.DiskFreeBytes - 1}x{ProofMinutes}")],
        Silent = [[new($"{metric}{{{Instance}}}", $"{rule.DiskFreeBytes}x{ProofMinutes}")]],
    };

    private static Alert Rejections(string metric) => new()
    {
        Name = "QueueFull",
        Expression = $"increase({metric}[10m]) > 0",
        Lasting = TimeSpan.FromMinutes(10),
        Severity = AlertSeverity.Ticket,
        Summary = "Executions were refused for a full queue again and again over 20 minutes; callers get 503.",
        FiringLabels = OneInstance,
        LooksAt = LooksAt,
        Fires = [new($"{metric}{{{Instance}}}", Counting(1))],
        Silent = [[new($"{metric}{{{Instance}}}", $"0x{ProofMinutes}")], [new($"{metric}{{{Instance}}}", $"0x20 5x{ProofMinutes - 20}")]],
    };

    private static Alert NotReady(string metric) => new()
    {
        Name = "NotReady",
        Expression = $"{metric} == 0",
        Lasting = TimeSpan.FromMinutes(5),
        Severity = AlertSeverity.Page,
        Summary = "An instance says for 5 minutes that it is not ready: database, Redis or disk. It gets no traffic.",
        FiringLabels = OneInstance,
        LooksAt = LooksAt,
        Fires = [new($"{metric}{{{Instance}}}", $"0x{ProofMinutes}")],
        Silent = [[new($"{metric}{{{Instance}}}", $"1x{ProofMinutes}")], [new($"{metric}{{{Instance}}}", $"1x46 0x2 1x{ProofMinutes - 48}")]],
    };

    /// <summary>The proofs start at the epoch, so the age of a backup made then is the time of looking.</summary>
    private static Alert BackupOld(TimeSpan age, string metric) => new()
    {
        Name = "BackupOld",
        Expression = $"time() - max({metric}) > {(long)age.TotalSeconds}",
        Lasting = TimeSpan.FromMinutes(30),
        Severity = AlertSeverity.Page,
        Summary = FormattableString.Invariant($"The last verified backup is older than {age.TotalHours} hours, or none is known; what was written since would be lost."),
        Step = BackupStep,
        LooksAt = age + BackupsLater,
        Fires = [new($"{metric}{{{Instance}}}", $"0x{(int)((age + BackupsLater) / BackupStep)}")],
        Silent = [[new($"{metric}{{{Instance}}}", $"{(long)BackupsLater.TotalSeconds}x{(int)((age + BackupsLater) / BackupStep)}")]],
    };

    private static Alert Above(string name, string metric, long limit, TimeSpan lasting, string summary)
    {
        var series = metric.Contains('(', StringComparison.Ordinal) ? metric[(metric.IndexOf('(', StringComparison.Ordinal) + 1)..metric.IndexOf('[', StringComparison.Ordinal)] : metric;
        return new()
        {
            Name = name,
            Expression = $"{metric} > {limit}",
            Lasting = lasting,
            Severity = AlertSeverity.Ticket,
            Summary = summary,
            FiringLabels = OneInstance,
            LooksAt = LooksAt,
            Fires = [new($"{series}{{{Instance}}}", $"{limit + 1}x{ProofMinutes}")],
            Silent = [[new($"{series}{{{Instance}}}", $"{limit}x{ProofMinutes}")]],
        };
    }

    private static Dictionary<string, string> OneInstance => new() { ["job"] = Job, ["instance"] = "one" };

    private static string Counting(int step) => $"0+{step}x{ProofMinutes}";

    private static long Mebibytes(long bytes) => bytes / (1024 * 1024);
}
