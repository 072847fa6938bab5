using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using WasmWizard.Delivery.Canary;
using WasmWizard.Delivery.Kubernetes.Api;
using WasmWizard.Delivery.Kubernetes.Manifests;
using WasmWizard.Delivery.Kubernetes.Rollouts;

namespace WasmWizard.Delivery.Kubernetes.Probes;

/// <summary>
/// Asks a single pod, past the Service, whether it works: its readiness, a real module that must give back an input that is new each time, and
/// its own count of requests.
/// </summary>
public sealed class PodProbe(ClusterApi api, string space)
{
    private const string Greeting = "wasm-wizard probe ";

    private static readonly byte[] Module = ReadModule();

    public Task<ProbeAnswer> Ask(string pod, CancellationToken cancellation) => Guarded(pod, async () =>
    {
        using var ready = await api.ToPod(space, pod, Names.HttpPort, HttpMethod.Get, "/health/ready", null, null, cancellation);
        return ready.StatusCode == HttpStatusCode.OK ? await Execute(pod, cancellation) : new(false, $"readiness of pod {pod} answered {await Describe(ready, cancellation)}");
    }, cancellation);

    /// <summary>The pod's counters; null when it does not tell them.</summary>
    public async Task<TrafficSample?> Traffic(string pod, CancellationToken cancellation)
    {
        try
        {
            using var metrics = await api.ToPod(space, pod, Names.HttpPort, HttpMethod.Get, "/metrics", null, null, cancellation);
            return metrics.StatusCode == HttpStatusCode.OK ? PodTraffic.Read(await metrics.Content.ReadAsStringAsync(cancellation)) : null;
        }
        catch (ClusterException)
        {
            // A pod that ended between two looks has no counters any more: its part of the sample is missing, and the verdict says how much was seen.
            return null;
        }
    }

    private async Task<ProbeAnswer> Execute(string pod, CancellationToken cancellation)
    {
        var input = Guid.NewGuid().ToString("N");
        using var response = await api.ToPod(space, pod, Names.HttpPort, HttpMethod.Post, "/api/execute", () => Form(input), await Key(cancellation), cancellation);
        if (response.StatusCode != HttpStatusCode.OK)
            return new(false, $"the probe's module on pod {pod} was answered {await Describe(response, cancellation)}");
        using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));
        var output = answer.RootElement.TryGetProperty("output", out var value) ? value.GetString() : null;
        return output == Greeting + input
            ? new(true, "ready, and the probe's module gave the expected output")
            : new(false, $"the probe's module on pod {pod} gave '{output}'; required: '{Greeting}{input}'");
    }

    private static MultipartFormDataContent Form(string input)
    {
        var wasm = new ByteArrayContent(Module);
        wasm.Headers.ContentType = new MediaTypeHeaderValue("application/wasm");
        return new() { { wasm, "wasm", "probe.wasm" }, { new StringContent(input, Encoding.UTF8), "input" } };
    }

    private async Task<string?> Key(CancellationToken cancellation) =>
        (await api.Get(new(ApiKind.Secret, space, Names.ProbeKey), cancellation))?["data"]?["key"]?.GetValue<string>() is { } encoded
            ? Encoding.UTF8.GetString(Convert.FromBase64String(encoded)).Trim()
            : null;

    private static async Task<ProbeAnswer> Guarded(string pod, Func<Task<ProbeAnswer>> ask, CancellationToken cancellation)
    {
        try
        {
            return await ask();
        }
        catch (Exception broken) when (broken is ClusterException or JsonException && !cancellation.IsCancellationRequested)
        {
            return new(false, $"pod {pod} was not answered for properly: {broken.Message}");
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
        using var resource = typeof(PodProbe).Assembly.GetManifestResourceStream("probe.wasm")!;
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }
}
