using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace WasmWizard.Delivery.Probes;

/// <summary>
/// Asks a service whether it works: its readiness, and a real WASI module that must give back what it was given. The input is new each
/// time, so no cache can answer.
/// </summary>
/// <param name="key">The key to execute with, asked for at each execution; null from it makes an anonymous one.</param>
/// <param name="handler">How the service is reached; null for the usual way.</param>
public sealed class ServiceProbe(Func<string?> key, HttpMessageHandler? handler = null) : IDisposable
{
    internal const string Greeting = "wasm-wizard probe ";

    /// <summary>The probe's module runs for microseconds; the rest is a queue and a loaded machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    internal static readonly byte[] Module = ReadModule();

    private readonly HttpClient _http = new(handler ?? new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Patience };

    /// <param name="keyFile">Holds the key; while there is no such file, executions are anonymous.</param>
    public ServiceProbe(string? keyFile = null)
        : this(() => keyFile is not null && File.Exists(keyFile) ? File.ReadAllText(keyFile).Trim() : null)
    {
    }

    /// <summary>Readiness and one execution.</summary>
    public async Task<ProbeAnswer> Ask(Uri service, CancellationToken cancellation)
    {
        var ready = await AskReadiness(service, cancellation);
        return ready.IsWell ? await Execute(service, cancellation) : ready;
    }

    /// <summary>GET /health/ready must answer 200.</summary>
    public Task<ProbeAnswer> AskReadiness(Uri service, CancellationToken cancellation) =>
        Guarded("readiness", async () =>
        {
            using var response = await _http.GetAsync(new Uri(service, "health/ready"), cancellation);
            return response.StatusCode == HttpStatusCode.OK
                ? new ProbeAnswer(true, "ready")
                : new ProbeAnswer(false, $"readiness answered {await Describe(response, cancellation)}");
        }, cancellation);

    /// <summary>POST /api/execute with the probe's module must answer 200 with the expected stdout.</summary>
    public Task<ProbeAnswer> Execute(Uri service, CancellationToken cancellation) =>
        Guarded("the probe's module", async () =>
        {
            var input = Guid.NewGuid().ToString("N");
            using var wasm = new ByteArrayContent(Module);
            wasm.Headers.ContentType = new MediaTypeHeaderValue("application/wasm");
            using var text = new StringContent(input, Encoding.UTF8);
            using var form = new MultipartFormDataContent { { wasm, "wasm", "probe.wasm" }, { text, "input" } };
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(service, "api/execute")) { Content = form };
            if (key() is { } bearer)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
            using var response = await _http.SendAsync(request, cancellation);
            if (response.StatusCode != HttpStatusCode.OK)
                return new ProbeAnswer(false, $"the probe's module was answered {await Describe(response, cancellation)}");
            using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));
            var output = answer.RootElement.TryGetProperty("output", out var value) ? value.GetString() : null;
            return output == Greeting + input
                ? new ProbeAnswer(true, "ready, and the probe's module gave the expected output")
                : new ProbeAnswer(false, $"the probe's module gave '{output}'; required: '{Greeting}{input}'");
        }, cancellation);

    public void Dispose() => _http.Dispose();

    private static async Task<ProbeAnswer> Guarded(string what, Func<Task<ProbeAnswer>> ask, CancellationToken cancellation)
    {
        try
        {
            return await ask();
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ProbeAnswer(false, $"{what} was not answered within {Patience.TotalSeconds:0} s");
        }
        catch (Exception broken) when (broken is HttpRequestException or JsonException or InvalidOperationException)
        {
            return new ProbeAnswer(false, $"{what} was not answered properly: {broken.Message}");
        }
    }

    private static async Task<string> Describe(HttpResponseMessage response, CancellationToken cancellation)
    {
        const int most = 300;
        var body = (await response.Content.ReadAsStringAsync(cancellation)).ReplaceLineEndings(" ").Trim();
        return $"{(int)response.StatusCode}: {(body.Length > most ? body[..most] + "…" : body)}";
    }

    private static byte[] ReadModule()
    {
        using var resource = typeof(ServiceProbe).Assembly.GetManifestResourceStream("probe.wasm")!;
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }
}
