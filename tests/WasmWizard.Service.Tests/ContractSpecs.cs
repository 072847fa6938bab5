using System.Text.Json;
using System.Text.RegularExpressions;
using WasmWizard.Service.Commands;
using WasmWizard.Service.Metrics;
using WasmWizard.Service.Web;

namespace WasmWizard.Service.Tests;

public partial class ContractSpecs
{
    [Fact]
    public async Task The_file_beside_the_binary_is_what_the_code_says() =>
        Assert.Equal(ServiceContract.ToJson(), await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "service-contract.json")));

    [Fact]
    public void It_names_probes_variables_metrics_and_migrations()
    {
        var contract = JsonDocument.Parse(ServiceContract.ToJson()).RootElement;
        var probes = contract.GetProperty("routes").EnumerateArray().Where(r => r.GetProperty("probe").ValueKind != JsonValueKind.Null)
            .ToDictionary(r => r.GetProperty("probe").GetString()!, r => r.GetProperty("path").GetString());
        Assert.Equal(new Dictionary<string, string?>
        {
            ["execute"] = "/api/execute",
            ["health"] = "/health",
            ["liveness"] = "/health/live",
            ["readiness"] = "/health/ready",
            ["metrics"] = "/metrics",
        }, probes);
        Assert.Contains(contract.GetProperty("variables").EnumerateArray(), v => v.GetProperty("name").GetString() == "DATABASE_URL" && v.GetProperty("secret").GetBoolean());
        var duration = contract.GetProperty("metrics").EnumerateArray().Single(m => m.GetProperty("name").GetString() == "wasm_wizard_http_request_duration_seconds");
        Assert.Contains(0.2, duration.GetProperty("buckets").EnumerateArray().Select(b => b.GetDouble()));
        Assert.Equal(64, contract.GetProperty("migrations")[0].GetProperty("checksum").GetString()!.Length);
    }

    [Fact]
    public async Task Every_metric_of_the_contract_is_exposed_and_no_other()
    {
        await using var service = await RunningService.StartAsync();
        var text = (await service.GetAsync("/metrics")).Text;
        var exposed = TypeLine().Matches(text).Select(m => (m.Groups[1].Value, m.Groups[2].Value)).Order();
        Assert.Equal(MetricCatalog.All.Select(m => (m.Name, m.Type)).Order(), exposed);
    }

    [Fact]
    public async Task Every_route_of_the_contract_answers()
    {
        await using var service = await RunningService.StartAsync();
        foreach (var route in Routes.All)
        {
            using var request = new HttpRequestMessage(new HttpMethod(route.Method), route.Path.Replace("{name}", "page.js", StringComparison.Ordinal));
            using var response = await service.Client.SendAsync(request);
            var isMapped = (int)response.StatusCode is not (404 or 405) || (await response.Content.ReadAsStringAsync()).Contains("WW5209", StringComparison.Ordinal);
            Assert.True(isMapped, $"{route.Method} {route.Path}: {response.StatusCode}");
            Assert.NotEqual(0, await service.MetricAsync($"wasm_wizard_http_requests_total{{method=\"{route.Method}\",route=\"{route.Path}\",status=\"{(int)response.StatusCode}\"}}"));
        }
    }

    [Fact]
    public async Task Unknown_paths_share_one_label()
    {
        await using var service = await RunningService.StartAsync();
        for (var i = 0; i < 10; i++)
            Assert.Equal("urn:wasm-wizard:WW5205", (await service.GetAsync($"/nothing/{i}"))["type"]);
        Assert.Equal(10, await service.MetricAsync("wasm_wizard_http_requests_total{method=\"GET\",route=\"unmatched\",status=\"404\"}"));
    }

    [Fact]
    public async Task A_wrong_method_is_told()
    {
        await using var service = await RunningService.StartAsync();
        Assert.Equal((405, "urn:wasm-wizard:WW5206"), ((await service.GetAsync("/api/execute")).Status, (await service.GetAsync("/api/execute"))["type"]));
    }

    [GeneratedRegex(@"^# TYPE (\S+) (\S+)", RegexOptions.Multiline)]
    private static partial Regex TypeLine();
}
