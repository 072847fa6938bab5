using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace WasmWizard.Service.Tests.Servers;

/// <summary>A Prometheus of its own on loopback, with a configuration and rules of the repository.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private readonly TemporaryDirectory _data = new();
    private readonly Process _process;
    private readonly HttpClient _client;

    /// <param name="configuration">Path of prometheus.yml; its rules lie where it says.</param>
    public PrometheusServer(string configuration)
    {
        var port = Loopback.FreePort().ToString(CultureInfo.InvariantCulture);
        _process = Loopback.Start("prometheus", $"--config.file={configuration}", $"--storage.tsdb.path={_data.Path}", $"--web.listen-address=127.0.0.1:{port}", "--log.level=error");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    public Task WhenReadyAsync() => Loopback.UntilAsync(async () => (await _client.GetAsync(new Uri("/-/ready", UriKind.Relative))).EnsureSuccessStatusCode());

    /// <summary>The series that an expression gives now.</summary>
    public async Task<int> CountAsync(string expression) =>
        (await GetAsync($"/api/v1/query?query={Uri.EscapeDataString(expression)}")).GetProperty("result").GetArrayLength();

    /// <summary>Every rule that is loaded.</summary>
    public async Task<IReadOnlyList<PrometheusRule>> RulesAsync() =>
    [
        .. from grouped in (await GetAsync("/api/v1/rules")).GetProperty("groups").EnumerateArray()
           from rule in grouped.GetProperty("rules").EnumerateArray()
           select new PrometheusRule(rule.GetProperty("name").GetString()!, rule.GetProperty("query").GetString()!, rule.GetProperty("health").GetString()!),
    ];

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _data.Dispose();
    }

    private async Task<JsonElement> GetAsync(string path) =>
        JsonDocument.Parse(await _client.GetStringAsync(new Uri(path, UriKind.Relative))).RootElement.GetProperty("data");
}

/// <param name="Health">ok, err, or unknown before the first evaluation.</param>
internal sealed record PrometheusRule(string Name, string Query, string Health);
