using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using WasmWizard.Delivery.Local.Protocol.Messages;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Local.Fronts;

/// <summary>Gives orders to a running front. Every order is idempotent and carries the fencing token of the lock.</summary>
public sealed class FrontClient : IDisposable
{
    /// <summary>Longer than any order takes: a start (60 s) or a drain of the longest execution and the end of its process (35 s + 10 s).</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly HttpClient _http;

    public FrontClient(FrontDocument front)
    {
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = front.Control, Timeout = Patience };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", front.Key);
    }

    public Task<FrontStatus> Status(CancellationToken cancellation) =>
        Ask<object, FrontStatus>(HttpMethod.Get, "status", null, null, ProtocolJson.Default.FrontStatus, cancellation);

    /// <summary>Orders with smaller tokens are refused from now on.</summary>
    public Task Fence(FencingToken token, CancellationToken cancellation) =>
        Tell(HttpMethod.Put, "fence", new FenceOrder(token.Value), ProtocolJson.Default.FenceOrder, cancellation);

    /// <summary>Completes when the instance listens, or has ended instead.</summary>
    public Task<InstanceView> Start(FencingToken token, InstanceSpec spec, CancellationToken cancellation) =>
        Ask(HttpMethod.Put, $"instances/{spec.Id}", new StartOrder(token.Value, spec), ProtocolJson.Default.StartOrder, ProtocolJson.Default.InstanceView, cancellation);

    /// <summary>Sends requests to the instance from now on; null sends them nowhere.</summary>
    public Task Switch(FencingToken token, string? instance, CancellationToken cancellation) =>
        Tell(HttpMethod.Put, "route", new RouteOrder(token.Value, instance), ProtocolJson.Default.RouteOrder, cancellation);

    /// <summary>Completes when the instance is gone.</summary>
    public Task Stop(FencingToken token, string instance, TimeSpan drainWithin, TimeSpan endWithin, CancellationToken cancellation) =>
        Tell(HttpMethod.Post, $"instances/{instance}/stop", new StopOrder(token.Value, drainWithin, endWithin), ProtocolJson.Default.StopOrder, cancellation);

    /// <summary>Completes when the front has begun to end.</summary>
    public Task Shutdown(FencingToken token, bool keepInstances, CancellationToken cancellation) =>
        Tell(HttpMethod.Post, "shutdown", new ShutdownOrder(token.Value, keepInstances), ProtocolJson.Default.ShutdownOrder, cancellation);

    public void Dispose() => _http.Dispose();

    private async Task<TAnswer> Ask<TOrder, TAnswer>(
        HttpMethod method, string path, TOrder? order, JsonTypeInfo<TOrder>? type, JsonTypeInfo<TAnswer> answer, CancellationToken cancellation)
        where TOrder : class
        where TAnswer : class
    {
        using var response = await Send(method, path, order, type, cancellation);
        return await response.Content.ReadFromJsonAsync(answer, cancellation)
            ?? throw new StepFailedException($"The front answered {method} {path} with nothing.");
    }

    private async Task Tell<TOrder>(HttpMethod method, string path, TOrder order, JsonTypeInfo<TOrder> type, CancellationToken cancellation)
        where TOrder : class
    {
        using var response = await Send(method, path, order, type, cancellation);
    }

    private async Task<HttpResponseMessage> Send<TOrder>(
        HttpMethod method, string path, TOrder? order, JsonTypeInfo<TOrder>? type, CancellationToken cancellation)
        where TOrder : class
    {
        using var request = new HttpRequestMessage(method, path);
        if (order is not null)
            request.Content = JsonContent.Create(order, type!);
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, cancellation);
        }
        catch (HttpRequestException gone)
        {
            throw new StepFailedException($"The front does not answer at its control address ({gone.Message}); it has ended, or was ended, during the order.", gone);
        }
        catch (TaskCanceledException slow) when (!cancellation.IsCancellationRequested)
        {
            throw new StepFailedException($"The front did not answer {method} {path} within {Patience.TotalSeconds:0} s.", slow);
        }

        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw new StepFailedException(await ReasonOf(response, cancellation));
    }

    private static async Task<string> ReasonOf(HttpResponseMessage response, CancellationToken cancellation)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellation);
        return ProtocolJson.TryRead(body, ProtocolJson.Default.Refusal) is { } refusal
            ? $"The front refused: {refusal.Detail}"
            : $"The front answered {(int)response.StatusCode} to {response.RequestMessage?.Method} {response.RequestMessage?.RequestUri?.AbsolutePath}.";
    }
}
