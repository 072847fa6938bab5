using System.Text.RegularExpressions;
using WasmWizard.Service.Tests.Servers;

namespace WasmWizard.Service.Tests;

/// <summary>A real Prometheus with the shipped rules finds in the real service every series that a rule selects.</summary>
public sealed partial class PrometheusSpecs : IDisposable
{
    private readonly TemporaryDirectory _copy = new();

    public void Dispose() => _copy.Dispose();

    [ToolFact("prometheus")]
    [Trait("suite", "complete")]
    public async Task Every_series_that_a_shipped_rule_selects_is_scraped()
    {
        await using var service = await RunningService.StartAsync(("EXECUTION_TIMEOUT", "30"), ("MAX_CONCURRENT_EXECUTIONS", "1"), ("MAX_QUEUE", "0"));
        await AnswerEachWayAsync(service);
        await using var prometheus = new PrometheusServer(ConfigurationFor(service));
        await prometheus.WhenReadyAsync();
        await RunningService.UntilAsync(async () => await prometheus.CountAsync("up == 1") == 1);

        var rules = await prometheus.RulesAsync();
        var selectors = rules.SelectMany(rule => Selector().Matches(rule.Query)).Select(match => match.Value).Distinct().ToList();
        Assert.Contains("wasm_wizard_http_requests_total{route=~\"/api/.*\",status=~\"5..\"}", selectors);
        Assert.Contains("wasm_wizard_authentication_failures_total", selectors);
        foreach (var selector in selectors)
            Assert.True(await prometheus.CountAsync(selector) > 0, $"{selector}: the service has no such series");
        Assert.Equal(1, await prometheus.CountAsync("count by (reason) (wasm_wizard_authentication_failures_total{reason!=\"\"} > 0)"));
        await RunningService.UntilAsync(async () => (await prometheus.RulesAsync()).All(rule => rule.Health == "ok"));
    }

    /// <summary>Successes, a refused key, and a 503 for a full queue.</summary>
    private static async Task AnswerEachWayAsync(RunningService service)
    {
        Assert.Equal(200, (await service.ExecuteAsync(Guests.Exit(0))).Status);
        using var stranger = service.ClientWith("ww_" + new string('a', 32));
        Assert.Equal(401, (await RunningService.ExecuteAsync(stranger, Guests.Exit(0))).Status);
        using var leave = new CancellationTokenSource();
        var running = service.ExecuteAsync(Guests.Sleep, cancellation: leave.Token);
        await RunningService.UntilAsync(async () => await service.MetricAsync("wasm_wizard_executions_running") == 1);
        Assert.Equal(503, (await service.ExecuteAsync(Guests.Exit(0))).Status);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    /// <summary>Research's own, but for the address and for how long a test wants to wait.</summary>
    private string ConfigurationFor(RunningService service)
    {
        var shipped = Path.Combine(Root(), "monitoring", "research");
        foreach (var environment in new[] { "production", "staging", "research" })
            File.Copy(Path.Combine(Root(), "monitoring", environment, "rules.yml"), Path.Combine(_copy.Path, $"rules.{environment}.yml"));
        var text = File.ReadAllText(Path.Combine(shipped, "prometheus.yml"))
            .Replace("127.0.0.1:8095", service.Client.BaseAddress!.Authority, StringComparison.Ordinal)
            .Replace("[rules.yml]", "[\"rules.*.yml\"]", StringComparison.Ordinal)
            .Replace("_interval: 15s", "_interval: 1s", StringComparison.Ordinal);
        var path = Path.Combine(_copy.Path, "prometheus.yml");
        File.WriteAllText(path, text);
        return path;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "global.json")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No folder above the tests holds global.json.");
        return folder.FullName;
    }

    /// <summary>A metric of the service with its selector; not the names of recorded ratios, which have colons.</summary>
    [GeneratedRegex(@"\bwasm_wizard_[a-z_]+(\{[^}]*\})?")]
    private static partial Regex Selector();
}
