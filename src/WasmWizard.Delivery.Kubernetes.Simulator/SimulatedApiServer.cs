using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using WasmWizard.Delivery.Kubernetes.Simulator.Controllers;
using WasmWizard.Delivery.Kubernetes.Simulator.Faults;
using WasmWizard.Delivery.Kubernetes.Simulator.Http;
using WasmWizard.Delivery.Kubernetes.Simulator.Objects;

namespace WasmWizard.Delivery.Kubernetes.Simulator;

/// <summary>The cluster's API over HTTP on loopback; with a certificate over TLS.</summary>
public sealed class SimulatedApiServer : IAsyncDisposable
{
    private readonly SimulatedCluster _cluster;
    private readonly WebApplication _application;
    private readonly ObjectRequests _objects;
    private readonly Discovery _discovery;
    private int _requests;

    private SimulatedApiServer(SimulatedCluster cluster, WebApplication application)
    {
        (_cluster, _application) = (cluster, application);
        _objects = new ObjectRequests(cluster);
        _discovery = new Discovery(cluster.Resources);
    }

    public Uri Address => new(_application.Urls.Single());

    public ApiFaults Faults { get; set; } = new(0);

    /// <summary>Requests so far: what a run against this server costs in real time, as the cluster's own passes at once.</summary>
    public int Requests => _requests;

    /// <summary>Hears what a request meets instead of the answer that it should get.</summary>
    public Action<string> Struck { get; set; } = _ => { };

    /// <summary>Rights that the caller does not have, as <c>verb resource</c> or <c>verb resource/subresource</c>.</summary>
    public HashSet<string> Denied { get; } = [];

    /// <summary>Something is between this server and the pods; their nodes still reach them.</summary>
    public bool IsCutOffFromPods { get; set; }

    /// <summary>The token that callers must bring; null takes everybody.</summary>
    public string? Token { get; set; }

    /// <summary>Starts to serve on a free port.</summary>
    /// <param name="cluster">What it serves.</param>
    /// <param name="certificate">For TLS; null serves without.</param>
    public static async Task<SimulatedApiServer> Start(SimulatedCluster cluster, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = 16 * 1024 * 1024;
            options.Listen(System.Net.IPAddress.Loopback, 0, endpoint =>
            {
                if (certificate is not null)
                    endpoint.UseHttps(certificate);
            });
        });
        var application = builder.Build();
        var server = new SimulatedApiServer(cluster, application);
        application.UseWebSockets();
        application.Run(server.Handle);
        await application.StartAsync();
        return server;
    }

    /// <summary>A kubeconfig with one context, called <c>simulator</c>.</summary>
    public string Kubeconfig(string space) => $"""
        apiVersion: v1
        kind: Config
        current-context: simulator
        clusters:
        - name: simulator
          cluster:
            server: {Address.AbsoluteUri.TrimEnd('/')}
        users:
        - name: simulator
          user:
            token: {Token ?? "anybody"}
        contexts:
        - name: simulator
          context:
            cluster: simulator
            user: simulator
            namespace: {space}

        """;

    public async ValueTask DisposeAsync()
    {
        // Watches never end by themselves, and nobody is owed their rest.
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        try
        {
            await _application.StopAsync(now.Token);
        }
        catch (OperationCanceledException)
        {
        }

        await _application.DisposeAsync();
    }

    private async Task Handle(HttpContext context)
    {
        Interlocked.Increment(ref _requests);
        context.Response.Headers.Date = _cluster.Clock.GetUtcNow().ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        try
        {
            var path = context.Request.Path.Value ?? "/";
            if (_discovery.Answer(path) is { } answer)
            {
                await Write(context, 200, answer);
                return;
            }

            if (path == SwaggerDocument.Path)
            {
                context.Response.ContentType = SwaggerDocument.ContentType;
                await context.Response.BodyWriter.WriteAsync(SwaggerDocument.Of(_cluster.Resources), context.RequestAborted);
                return;
            }

            if (Token is { } token && context.Request.Headers.Authorization != $"Bearer {token}")
                throw new ApiFailureException(401, "Unauthorized", "Unauthorized");
            if (path.EndsWith("/selfsubjectaccessreviews", StringComparison.Ordinal))
                await Write(context, 201, Review((await Body(context))!.AsObject()));
            else
                await Serve(context, ApiRequest.Parse(path, _cluster.Resources) ?? throw new ApiFailureException(404, "NotFound", "the server could not find the requested resource"));
        }
        catch (ApiFailureException failure)
        {
            if (failure.RetryAfter is { } seconds)
                context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            await Write(context, failure.Code, failure.ToStatus());
        }
        catch (JsonException torn)
        {
            await Write(context, 400, ApiFailureException.Bad(torn.Message).ToStatus());
        }
    }

    private async Task Serve(HttpContext context, ApiRequest request)
    {
        var query = new Query(context.Request.Query);
        if (context.Request.Method == "GET" && query["watch"] is "true" or "1")
        {
            await new WatchStream(_cluster).Serve(context, request, query);
            return;
        }

        if (request is { Resource.Kind: "Pod", Part: "portforward" } && context.WebSockets.IsWebSocketRequest)
        {
            await new PortForward(_cluster).Serve(context, request);
            return;
        }

        if (request is { Resource.Kind: "Pod", Part: "log" or "proxy" })
        {
            if (request.Part == "proxy" && IsCutOffFromPods)
            {
                Struck($"the API server does not reach pod {request.Name.Split(':')[0]}: 503");
                throw new ApiFailureException(503, "ServiceUnavailable", "error trying to reach service: dial tcp 10.244.0.1:8080: i/o timeout");
            }

            await ServePod(context, request, query);
            return;
        }

        var body = context.Request.Method == "GET" ? null : await Body(context);
        var fault = context.Request.Method == "GET" || query["dryRun"] == "All" ? ApiFault.None : Faults.Next();
        if (fault != ApiFault.None)
            Struck($"{context.Request.Method} {request.Resource.Kind}{(request.Name.Length > 0 ? $" {request.Name}" : "")}: {Word(fault)}");
        Before(context, fault, request);
        (int Code, JsonObject Body) answer;
        lock (_cluster.Gate)
        {
            answer = Answer(context, request, query, body);
            answer = (answer.Code, answer.Body.Copy());
            if (context.Request.Method != "GET" && query["dryRun"] != "All")
                _cluster.Work();
        }

        if (fault == ApiFault.LostReply)
            await BreakOff(context);
        else
            await Write(context, answer.Code, answer.Body);
    }

    /// <summary>
    /// In the middle of the answer: before its first byte a client's library might send the request again by itself. More is written than the
    /// server buffers, so its beginning has left when the connection breaks.
    /// </summary>
    private static async Task BreakOff(HttpContext context)
    {
        const int moreThanBuffered = 256 * 1024;
        context.Response.ContentLength = 2 * moreThanBuffered;
        await context.Response.WriteAsync("{" + new string(' ', moreThanBuffered), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }

    private (int Code, JsonObject Body) Answer(HttpContext context, ApiRequest request, Query query, JsonNode? body)
    {
        Authorize(context.Request.Method, request);
        var agent = context.Request.Headers.UserAgent.ToString() is { Length: > 0 } named ? named.Split('/')[0] : "unknown";
        return (context.Request.Method, request.Name.Length > 0) switch
        {
            ("GET", true) => _objects.Get(request),
            ("GET", false) => _objects.List(request, query),
            ("POST", false) => _objects.Create(request, Object(body), query, agent),
            ("PUT", true) => _objects.Replace(request, Object(body), query, agent),
            ("PATCH", true) => _objects.Patch(request, context.Request.ContentType?.Split(';')[0] ?? "", body!, query, agent),
            ("DELETE", true) => _objects.Delete(request, body as JsonObject, query),
            _ => throw new ApiFailureException(405, "MethodNotAllowed", "the server does not allow this method on the requested resource"),
        };
    }

    private static string Word(ApiFault fault) => fault switch
    {
        ApiFault.LostReply => "done, and its answer is lost",
        ApiFault.Refused => "not done, as the connection breaks",
        ApiFault.Conflict => "409, somebody else was faster",
        ApiFault.TooManyRequests => "429, come again in a second",
        _ => "500",
    };

    private static void Before(HttpContext context, ApiFault fault, ApiRequest request)
    {
        switch (fault)
        {
            case ApiFault.Refused:
                context.Abort();
                throw new ApiFailureException(500, "InternalError", "aborted");
            case ApiFault.Conflict:
                throw ApiFailureException.Changed(request.Resource.QualifiedName, request.Name);
            case ApiFault.TooManyRequests:
                throw new ApiFailureException(429, "TooManyRequests", "the server has received too many requests and has asked us to try again later") { RetryAfter = 1 };
            case ApiFault.ServerError:
                throw new ApiFailureException(500, "InternalError", "Internal error occurred: etcdserver: request timed out");
        }
    }

    private void Authorize(string method, ApiRequest request)
    {
        var verb = (method, request.Name.Length > 0) switch { ("GET", true) => "get", ("GET", false) => "list", ("POST", _) => "create", ("PUT", _) => "update", ("PATCH", _) => "patch", _ => "delete" };
        if (Denied.Contains($"{verb} {request.Resource.Plural}"))
            throw new ApiFailureException(403, "Forbidden", $"{request.Resource.QualifiedName} is forbidden: User \"simulator\" cannot {verb} resource \"{request.Resource.Plural}\" in API group \"{request.Resource.Group}\" in the namespace \"{request.Space}\"");
    }

    private JsonObject Review(JsonObject review)
    {
        var asked = review.At("spec", "resourceAttributes");
        var right = $"{asked.Text("verb")} {asked.Text("resource")}{(asked.Text("subresource") is { Length: > 0 } part ? $"/{part}" : "")}";
        review["status"] = new JsonObject { ["allowed"] = !Denied.Contains(right) };
        return review;
    }

    private async Task ServePod(HttpContext context, ApiRequest request, Query query)
    {
        var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        (int Status, string Type, string Body) answer;
        lock (_cluster.Gate)
        {
            var pod = _cluster.Store.Find(Scope.Pods, request.Space, request.Name.Split(':')[0]) ?? throw ApiFailureException.NotFound("pods", request.Name);
            answer = request.Part == "log"
                ? Log(pod, query)
                : _cluster.Service.Answer(pod, context.Request.Method, request.Rest, context.Request.Headers["X-API-Key"].ToString() is { Length: > 0 } key ? key : null, bytes.ToArray());
        }

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.Type;
        await context.Response.WriteAsync(answer.Body, context.RequestAborted);
    }

    private (int Status, string Type, string Body) Log(JsonObject pod, Query query)
    {
        var lines = _cluster.LogOf(pod, query["previous"] == "true");
        if (query["previous"] == "true" && lines.Count == 0)
            throw ApiFailureException.Bad($"previous terminated container in pod \"{pod.Name()}\" not found");
        var last = int.TryParse(query["tailLines"], System.Globalization.CultureInfo.InvariantCulture, out var number) ? lines.TakeLast(number) : lines;
        return (200, "text/plain", string.Concat(last.Select(line => line + "\n")));
    }

    private static JsonObject Object(JsonNode? body) => body as JsonObject ?? throw ApiFailureException.Bad("a body with an object is required");

    private static async Task<JsonNode?> Body(HttpContext context)
    {
        if (context.Request.ContentType?.Contains("protobuf", StringComparison.Ordinal) == true)
            throw new ApiFailureException(415, "UnsupportedMediaType", "the body of the request was in an unknown format - accepted media types include: application/json");
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(context.RequestAborted);
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    private static async Task Write(HttpContext context, int code, JsonObject body)
    {
        if (context.RequestAborted.IsCancellationRequested || context.Response.HasStarted)
            return;
        context.Response.StatusCode = code;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }
}
