using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace WasmWizard.Delivery.GitHub.Tests.Platform;

/// <summary>
/// The platform on loopback: its addresses, shapes, status codes, pages and limits as its documentation records them, over a state that
/// tests read and change directly. It knows nothing of what we want.
/// </summary>
internal sealed partial class FakeGitHub : IAsyncDisposable
{
    public const string Token = "token-of-an-administrator";
    public const string Owner = "wizards";
    public const string Name = "wasm";

    private readonly WebApplication _application;
    private readonly List<(string Method, Regex Path, Func<Request, Answer> Handle)> _routes = [];

    private FakeGitHub()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        _application = builder.Build();
        _application.Run(Serve);
        Settings = new(this);
        Work = new(this);
    }

    /// <summary>What the settings pages show.</summary>
    public FakeSettings Settings { get; }

    /// <summary>Refs, releases, pull requests, deployments.</summary>
    public FakeWork Work { get; }

    public Uri Address { get; private set; } = null!;

    /// <summary>Every request, as <c>GET repos/wizards/wasm</c>.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Answers instead of the routes where it returns something.</summary>
    public Func<string, string, Answer?> Fault { get; set; } = (_, _) => null;

    /// <summary>Entries on a page, whatever is asked for; small so that lists have several.</summary>
    public int PageSize { get; set; } = 2;

    public static async Task<FakeGitHub> Start()
    {
        var fake = new FakeGitHub();
        await fake._application.StartAsync();
        fake.Address = new(fake._application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/");
        return fake;
    }

    /// <param name="method">GET, POST, ...</param>
    /// <param name="path">With <c>{name}</c> for one part.</param>
    /// <param name="handle">The parts in their order are the request's.</param>
    public void On(string method, string path, Func<Request, Answer> handle) =>
        _routes.Add((method, new($"^{Part().Replace(Regex.Escape(path).Replace(@"\{", "{", StringComparison.Ordinal), "([^/]+)")}$"), handle));

    public static Answer NotFound => new(404, new JsonObject { ["message"] = "Not Found", ["documentation_url"] = "https://docs.github.com/rest", ["status"] = "404" });

    public static Answer Forbidden => new(403, new JsonObject { ["message"] = "Resource not accessible by personal access token", ["status"] = "403" });

    public static Answer Limited => new(403, new JsonObject { ["message"] = "API rate limit exceeded for user ID 1." })
    {
        Headers = { ["X-RateLimit-Limit"] = "5000", ["X-RateLimit-Remaining"] = "0", ["X-RateLimit-Reset"] = "4102444800" },
    };

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private async Task Serve(HttpContext context)
    {
        var (method, path) = (context.Request.Method, Uri.UnescapeDataString(context.Request.Path.Value!.TrimStart('/')));
        Requests.Add($"{method} {path}");
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var answer = Fault(method, path) ?? Route(context, method, path, body.ToArray());
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json; charset=utf-8";
        foreach (var (name, value) in answer.Headers)
            context.Response.Headers[name] = value;
        if (answer.Text is { } raw)
            await context.Response.WriteAsync(raw);
        else if (answer.Body is not null)
            await context.Response.WriteAsync(Page(context, answer).ToJsonString());
    }

    private Answer Route(HttpContext context, string method, string path, byte[] bytes)
    {
        if (context.Request.Headers.Authorization != $"Token {Token}" && context.Request.Headers.Authorization != $"Bearer {Token}")
            return new(401, new JsonObject { ["message"] = "Bad credentials", ["status"] = "401" });
        foreach (var (verb, pattern, handle) in _routes)
        {
            if (verb == method && pattern.Match(path) is { Success: true } match)
                return handle(new([.. match.Groups.Cast<Group>().Skip(1).Select(part => part.Value)], context.Request.Query, bytes));
        }

        return NotFound;
    }

    // As the platform does: a list, or an object with a count and a list, is cut, and a header says where it goes on.
    private JsonNode Page(HttpContext context, Answer answer)
    {
        if (context.Request.Method != "GET" || ListIn(answer.Body!) is not { } list || list.Count <= PageSize)
            return answer.Body!;
        var page = int.TryParse(context.Request.Query["page"], out var number) ? number : 1;
        if (page * PageSize < list.Count)
            context.Response.Headers.Link = $"<{Address}{context.Request.Path.Value!.TrimStart('/')}?per_page={PageSize}&page={page + 1}>; rel=\"next\"";
        var cut = new JsonArray([.. list.Skip((page - 1) * PageSize).Take(PageSize).Select(entry => entry?.DeepClone())]);
        if (answer.Body is JsonArray)
            return cut;
        var whole = (JsonObject)answer.Body!.DeepClone();
        whole[whole.Single(field => field.Value is JsonArray).Key] = cut;
        return whole;
    }

    private static JsonArray? ListIn(JsonNode body) => body as JsonArray
        ?? (body is JsonObject map && map.ContainsKey("total_count") ? map.Select(field => field.Value).OfType<JsonArray>().SingleOrDefault() : null);

    [GeneratedRegex(@"\{\w+}")]
    private static partial Regex Part();
}

internal sealed record Request(IReadOnlyList<string> Parts, IQueryCollection Query, byte[] Bytes)
{
    public JsonNode? Body => Bytes.Length > 0 ? JsonNode.Parse(Bytes) : null;
}

internal sealed record Answer(int Status, JsonNode? Body)
{
    public Dictionary<string, string> Headers { get; } = [];

    /// <summary>Sent instead of the body, when it is to be no JSON.</summary>
    public string? Text { get; init; }
}
