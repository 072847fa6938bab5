using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace WasmWizard.Delivery.Compose.Engine;

/// <summary>Docker's API, as far as deployments need it; version 1.41 is that of Docker 20.10 and of every engine since.</summary>
public sealed class EngineClient : IDisposable
{
    private const string Version = "/v1.41";

    private readonly HttpClient _http;

    public EngineClient(EngineAddress address)
    {
        Address = address;
        Dialer = new(address);
        _http = new(new SocketsHttpHandler { UseProxy = false, ConnectCallback = async (_, cancellation) => await Dialer.Engine(cancellation) })
        {
            BaseAddress = new("http://engine"),
            Timeout = TimeSpan.FromMinutes(10),
        };
    }

    public EngineAddress Address { get; }

    public Dialer Dialer { get; }

    /// <summary>The engine's clock, by which leases are judged: clients' clocks may differ.</summary>
    public async Task<DateTimeOffset> Now(CancellationToken cancellation)
    {
        var info = await Get("/info", cancellation);
        return DateTimeOffset.Parse(info["SystemTime"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime();
    }

    /// <summary>Null when there is no such thing.</summary>
    public async Task<JsonNode?> Find(string path, CancellationToken cancellation)
    {
        using var response = await Ask(HttpMethod.Get, path, null, cancellation);
        return response.StatusCode == HttpStatusCode.NotFound ? null : await Json(response, path, cancellation);
    }

    public async Task<JsonNode> Get(string path, CancellationToken cancellation)
    {
        using var response = await Ask(HttpMethod.Get, path, null, cancellation);
        return await Json(response, path, cancellation);
    }

    /// <summary>The bytes of an answer, such as logs.</summary>
    public async Task<byte[]> Bytes(string path, CancellationToken cancellation)
    {
        using var response = await Ask(HttpMethod.Get, path, null, cancellation);
        await Require(response, path, cancellation);
        return await response.Content.ReadAsByteArrayAsync(cancellation);
    }

    /// <summary>One header of an answer without a body; null when there is no such thing.</summary>
    public async Task<string?> Head(string path, string header, CancellationToken cancellation)
    {
        using var response = await Ask(HttpMethod.Head, path, null, cancellation);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        await Require(response, path, cancellation);
        return response.Headers.TryGetValues(header, out var values) ? values.First() : throw new EngineException($"The engine answers {path.Split('?')[0]} without {header}");
    }

    /// <param name="path">Without the version.</param>
    /// <param name="body">Null for none.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="allowed">Statuses beside those of success that are no failure, e.g. 304 for what is already so.</param>
    public async Task<JsonNode?> Post(string path, JsonNode? body, CancellationToken cancellation, params int[] allowed)
    {
        using var content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await Ask(HttpMethod.Post, path, content, cancellation);
        if (allowed.Contains((int)response.StatusCode))
            return null;
        await Require(response, path, cancellation);
        var text = await response.Content.ReadAsStringAsync(cancellation);
        return text.Length == 0 || response.Content.Headers.ContentType?.MediaType != "application/json" ? null : JsonNode.Parse(Last(text));
    }

    public async Task Delete(string path, CancellationToken cancellation)
    {
        using var response = await Ask(HttpMethod.Delete, path, null, cancellation);
        if (response.StatusCode != HttpStatusCode.NotFound)
            await Require(response, path, cancellation);
    }

    /// <summary>Sends a tar.</summary>
    public async Task<JsonNode?> Send(HttpMethod method, string path, Stream tar, CancellationToken cancellation)
    {
        using var content = new StreamContent(tar);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-tar");
        using var response = await Ask(method, path, content, cancellation);
        await Require(response, path, cancellation);
        var text = await response.Content.ReadAsStringAsync(cancellation);
        if (text.Contains("\"errorDetail\"", StringComparison.Ordinal))
            throw new EngineException($"The engine did not take what was sent: {text.Trim()}");
        return text.Length == 0 ? null : JsonNode.Parse(Last(text));
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Some answers are a line of JSON for each thing that happened.</summary>
    private static string Last(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^1];

    private async Task<HttpResponseMessage> Ask(HttpMethod method, string path, HttpContent? content, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, new Uri(Version + path, UriKind.Relative)) { Content = content };
        try
        {
            return await _http.SendAsync(request, cancellation);
        }
        catch (Exception broken) when (broken is HttpRequestException or SocketException or IOException)
        {
            throw new EngineException($"No engine answers at {Address}: {Reason(broken)}", inner: broken);
        }
    }

    /// <summary>The innermost cause: what is around it names an address that nobody typed.</summary>
    private string Reason(Exception broken) => Address.Socket is { } socket && !File.Exists(socket) ? "there is no such socket" : broken.GetBaseException().Message;

    private static async Task<JsonNode> Json(HttpResponseMessage response, string path, CancellationToken cancellation)
    {
        await Require(response, path, cancellation);
        return JsonNode.Parse(await response.Content.ReadAsByteArrayAsync(cancellation))!;
    }

    private static async Task Require(HttpResponseMessage response, string path, CancellationToken cancellation)
    {
        if (response.IsSuccessStatusCode)
            return;
        var text = await response.Content.ReadAsStringAsync(cancellation);
        throw new EngineException($"The engine answers {(int)response.StatusCode} to {path.Split('?')[0]}: {text.Trim()}", (int)response.StatusCode);
    }
}
