using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WasmWizard.Delivery.Kubernetes.Api;

/// <summary>
/// The cluster's API for objects of any kind, as JSON: what is applied and what is read have the same form, so they can be compared. Address,
/// certificates and credentials are the client library's.
/// </summary>
/// <param name="client">Made from a kubeconfig.</param>
/// <param name="wait">Lets time pass; a rehearsal's time is simulated.</param>
public sealed class ClusterApi(k8s.Kubernetes client, Func<TimeSpan, CancellationToken, Task> wait) : IDisposable
{
    private const int Page = 500;
    private const int Attempts = 5;

    /// <summary>Longer than the 30 s for which an API server itself tries to reach a pod: its word on that is wanted.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private bool _needsTunnels;

    /// <summary>
    /// The API server's clock at its last answer. Leases are judged by it alone, so a wrong clock on a pipeline's machine neither
    /// steals a lock nor keeps one.
    /// </summary>
    public DateTimeOffset ServerTime { get; private set; }

    public Uri Address => client.BaseUri;

    public Task Wait(TimeSpan time, CancellationToken cancellation) => wait(time, cancellation);

    /// <summary>The object as it is; null when there is none.</summary>
    public async Task<JsonObject?> Get(ObjectName name, CancellationToken cancellation)
    {
        try
        {
            return await Repeat(() => Send(HttpMethod.Get, name.Path, null, cancellation), cancellation);
        }
        catch (ClusterException gone) when (gone.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Every object that the selectors choose, page by page; empty also where the cluster does not know the kind.</summary>
    public async Task<IReadOnlyList<JsonObject>> List(
        ApiKind kind, string? space, string? labels, CancellationToken cancellation, string? fields = null)
    {
        var found = new List<JsonObject>();
        string? next = null;
        do
        {
            var query = Query(("limit", $"{Page}"), ("labelSelector", labels), ("fieldSelector", fields), ("continue", next));
            JsonObject page;
            try
            {
                page = await Repeat(() => Send(HttpMethod.Get, kind.Path(space) + query, null, cancellation), cancellation);
            }
            catch (ClusterException unknown) when (unknown.Status == 404)
            {
                return [];
            }
            catch (ClusterException expired) when (expired.Status == 410 && next is not null)
            {
                // The list grew too old between two pages: only a new one is consistent.
                found.Clear();
                next = null;
                continue;
            }

            foreach (var item in page["items"]!.AsArray())
            {
                var whole = item!.DeepClone().AsObject();
                whole["apiVersion"] ??= kind.ApiVersion;
                whole["kind"] ??= kind.Kind;
                found.Add(whole);
            }

            next = page["metadata"]?["continue"]?.GetValue<string>();
            if (string.IsNullOrEmpty(next))
                break;
        }
        while (true);
        return found;
    }

    /// <summary>Server-side apply: the manifest is all that the manager wants of the object, no more and no less.</summary>
    /// <param name="manifest">Carries the resource version that it was decided by, unless the object is to be made.</param>
    /// <param name="manager">Owner of the manifest's fields.</param>
    /// <param name="isTrial">Only answers what would be.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public Task<JsonObject> Apply(JsonObject manifest, string manager, bool isTrial, CancellationToken cancellation)
    {
        var query = Query(("fieldManager", manager), ("force", "true"), ("fieldValidation", "Strict"), ("dryRun", isTrial ? "All" : null));
        return Send(HttpMethod.Patch, ObjectName.Of(manifest).Path + query, Body(manifest, "application/apply-patch+yaml"), cancellation);
    }

    /// <summary>Makes an object; null, without a change, when there is one of that name.</summary>
    public async Task<JsonObject?> Create(JsonObject manifest, CancellationToken cancellation)
    {
        var name = ObjectName.Of(manifest);
        try
        {
            var query = Query(("fieldManager", Manifests.Names.FieldManager));
            return await Send(HttpMethod.Post, name.Kind.Path(name.Namespace) + query, Body(manifest), cancellation);
        }
        catch (ClusterException taken) when (taken is { Status: 409, Reason: "AlreadyExists" })
        {
            return null;
        }
    }

    /// <summary>Replaces an object as it was read; null, without a change, when it has changed since or is gone.</summary>
    /// <param name="changed">Without a resource version it replaces whatever is there.</param>
    /// <param name="isTrial">Only answers what would be.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public async Task<JsonObject?> Replace(JsonObject changed, bool isTrial, CancellationToken cancellation)
    {
        try
        {
            var query = Query(("fieldManager", Manifests.Names.FieldManager), ("dryRun", isTrial ? "All" : null));
            return await Send(HttpMethod.Put, ObjectName.Of(changed).Path + query, Body(changed), cancellation);
        }
        catch (ClusterException other) when (other.Status is 409 or 404)
        {
            return null;
        }
    }

    /// <summary>Removes the very object that was read, with what belongs to it; one that is gone is removed already.</summary>
    public async Task Delete(JsonObject read, CancellationToken cancellation)
    {
        var options = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "DeleteOptions",
            ["propagationPolicy"] = "Background",
            ["preconditions"] = new JsonObject
            {
                ["uid"] = read["metadata"]!["uid"]!.GetValue<string>(),
                ["resourceVersion"] = read["metadata"]!["resourceVersion"]!.GetValue<string>(),
            },
        };
        try
        {
            await Send(HttpMethod.Delete, ObjectName.Of(read).Path, Body(options), cancellation);
        }
        catch (ClusterException gone) when (gone.Status == 404)
        {
        }
    }

    /// <summary>Asks the API something that is no object: whether one may, who one is.</summary>
    public Task<JsonObject> Ask(string path, JsonObject question, CancellationToken cancellation) =>
        Repeat(() => Send(HttpMethod.Post, path, Body(question), cancellation), cancellation);

    public Task<JsonObject> Read(string path, CancellationToken cancellation) => Repeat(() => Send(HttpMethod.Get, path, null, cancellation), cancellation);

    /// <summary>The last lines of a container; an explanation of why there are none is one line of its own.</summary>
    /// <param name="previous">Of the container before the last restart.</param>
    public async Task<IReadOnlyList<string>> Logs(string space, string pod, int lines, bool previous, CancellationToken cancellation)
    {
        try
        {
            var query = Query(("tailLines", $"{lines}"), ("previous", previous ? "true" : null));
            using var response = await Raw(HttpMethod.Get, $"{ApiKind.Pod.Path(space)}/{pod}/log{query}", null, cancellation);
            return (await response.Content.ReadAsStringAsync(cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (ClusterException none)
        {
            return [$"(no log: {none.Message})"];
        }
    }

    /// <summary>
    /// A request to a pod's port; whatever the pod answers is the answer. The API server sends it, and where it cannot reach pods (a policy or a
    /// route is in its way) the pod's node does, from then on.
    /// </summary>
    /// <param name="content">Makes the body; it may be sent twice.</param>
    public async Task<HttpResponseMessage> ToPod(
        string space, string pod, int port, HttpMethod method, string path, Func<HttpContent>? content, string? key, CancellationToken cancellation)
    {
        if (!_needsTunnels)
        {
            using var request = ForPod(method, new Uri(client.BaseUri, $"{ApiKind.Pod.Path(space)}/{pod}:{port}/proxy{path}"), content, key);
            var response = await Exchange(client.HttpClient, request, cancellation);
            if (!await IsUnreachable(response, cancellation))
                return response;
            response.Dispose();
            _needsTunnels = true;
        }

        using var tunnel = PodTunnel.Client(client, space, pod, port);
        using var direct = ForPod(method, new Uri($"http://localhost:{port}{path}"), content, key);
        return await Exchange(tunnel, direct, cancellation);
    }

    public void Dispose() => client.Dispose();

    private static string Query(params (string Name, string? Value)[] parts)
    {
        var given = parts.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}").ToList();
        return given.Count == 0 ? "" : "?" + string.Join('&', given);
    }

    private static StringContent Body(JsonObject json, string type = "application/json") =>
        new(json.ToJsonString(), Encoding.UTF8) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };

    // Authorization is the API server's; the service takes its key in this header as well.
    private static HttpRequestMessage ForPod(HttpMethod method, Uri address, Func<HttpContent>? content, string? key)
    {
        var request = new HttpRequestMessage(method, address) { Content = content?.Invoke() };
        if (key is not null)
            request.Headers.Add("X-API-Key", key);
        return request;
    }

    /// <summary>The API server's own word, in its own form, that it came no further; a pod that says 503 itself says it otherwise.</summary>
    private static async Task<bool> IsUnreachable(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.StatusCode is not (HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout))
            return false;
        await response.Content.LoadIntoBufferAsync(cancellation);
        return (await Failure(response, cancellation)).Message.StartsWith("error trying to reach service", StringComparison.Ordinal);
    }

    /// <summary>Reads may be repeated as they are; each attempt gives the API the time that it asks for.</summary>
    private async Task<T> Repeat<T>(Func<Task<T>> ask, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ask();
            }
            catch (ClusterException passing) when (passing.IsPassing && attempt < Attempts)
            {
                await wait(passing.After ?? TimeSpan.FromMilliseconds(250 * attempt), cancellation);
            }
        }
    }

    private async Task<JsonObject> Send(HttpMethod method, string path, HttpContent? body, CancellationToken cancellation)
    {
        using var response = await Raw(method, path, body, cancellation);
        try
        {
            return JsonNode.Parse(await response.Content.ReadAsByteArrayAsync(cancellation))!.AsObject();
        }
        catch (Exception torn) when (torn is JsonException or HttpRequestException or IOException)
        {
            throw new ClusterException(0, "Torn", $"the answer to {method} {path} broke off: {torn.Message}", torn);
        }
    }

    private async Task<HttpResponseMessage> Raw(HttpMethod method, string path, HttpContent? body, CancellationToken cancellation)
    {
        using var request = Request(method, path, body);
        var response = await Exchange(client.HttpClient, request, cancellation);
        ServerTime = response.Headers.Date ?? ServerTime;
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw await Failure(response, cancellation);
    }

    private HttpRequestMessage Request(HttpMethod method, string path, HttpContent? body)
    {
        var request = new HttpRequestMessage(method, new Uri(client.BaseUri, path)) { Content = body };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.UserAgent.ParseAdd(Manifests.Names.FieldManager);
        return request;
    }

    private async Task<HttpResponseMessage> Exchange(HttpClient by, HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            // A tunnel brings its own credentials, and the pod is not to see them.
            if (by == client.HttpClient && client.Credentials is { } credentials)
                await credentials.ProcessHttpRequestAsync(request, cancellation);
            return await by.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellation).WaitAsync(Patience, cancellation);
        }
        catch (Exception silent) when (silent is HttpRequestException or IOException or TimeoutException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            throw new ClusterException(0, "NoAnswer", $"the API server at {client.BaseUri} does not answer: {(silent.InnerException ?? silent).Message}", silent);
        }
    }

    private static async Task<ClusterException> Failure(HttpResponseMessage response, CancellationToken cancellation)
    {
        var text = await response.Content.ReadAsStringAsync(cancellation);
        var (reason, message) = (response.StatusCode.ToString(), text.Length > 0 ? text : $"HTTP {(int)response.StatusCode}");
        try
        {
            var status = JsonNode.Parse(text)?.AsObject();
            reason = status?["reason"]?.GetValue<string>() ?? reason;
            message = status?["message"]?.GetValue<string>() ?? message;
        }
        catch (Exception foreign) when (foreign is JsonException or InvalidOperationException)
        {
            message = $"HTTP {(int)response.StatusCode}: {message[..Math.Min(message.Length, 200)]}";
        }

        return new((int)response.StatusCode, response.StatusCode == HttpStatusCode.TooManyRequests ? "TooManyRequests" : reason, message)
        {
            After = response.Headers.RetryAfter?.Delta,
        };
    }
}
