using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Octokit;

namespace WasmWizard.Delivery.GitHub.Api;

/// <summary>The interface over Octokit's connection: its authentication, redirects, limits and errors; documents stay JSON, because it lacks types for most settings.</summary>
public sealed class OctokitApi : IGitHubApi
{
    private const string Accept = "application/vnd.github+json";
    private const int MostPages = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Connection _connection;

    /// <param name="token">What the platform knows us by; it goes into one header and nowhere else.</param>
    /// <param name="server">The interface's root; null for github.com.</param>
    public OctokitApi(string token, Uri? server = null)
    {
        _connection = new(new ProductHeaderValue("wasm-wizard-delivery"), server ?? GitHubClient.GitHubApiUrl) { Credentials = new(token) };
        _connection.SetRequestTimeout(Patience);
    }

    public async Task<ApiAnswer> Read(string path, CancellationToken cancellation)
    {
        JsonNode? whole = null;
        Uri? next = Relative(path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "per_page=100");
        for (var page = 0; next is not null; page++)
        {
            if (page == MostPages)
                return new(0, null, $"{path} has more than {MostPages} pages");
            var here = next;
            Uri? after = null;
            var answer = await Ask(async () =>
            {
                var response = await _connection.Get<object>(here, null, Accept, cancellation);
                after = response.HttpResponse.ApiInfo.Links.GetValueOrDefault("next");
                return response.HttpResponse;
            }, cancellation);
            if (!answer.Succeeded)
                return answer;
            whole = Join(whole, answer.Body);
            next = after;
        }

        return new(200, whole, "");
    }

    public Task<ApiAnswer> Write(string method, string path, JsonNode? body, CancellationToken cancellation)
    {
        var text = (object?)body?.ToJsonString() ?? "{}";
        var uri = Relative(path);
        return Ask(async () => method switch
        {
            "POST" => (await _connection.Post<object>(uri, text, Accept, "application/json", (IDictionary<string, string>?)null, cancellation)).HttpResponse,
            "PUT" => (await _connection.Put<object>(uri, text)).HttpResponse,
            "PATCH" => (await _connection.Patch<object>(uri, text)).HttpResponse,
            "DELETE" => (await _connection.Delete<object>(uri, text)).HttpResponse,
            _ => throw new UnreachableException(method),
        }, cancellation);
    }

    public Task<ApiAnswer> Upload(Uri address, string file, CancellationToken cancellation) => Ask(async () =>
    {
        await using var stream = File.OpenRead(file);
        return (await _connection.Post<object>(address, stream, Accept, "application/octet-stream", (IDictionary<string, string>?)null, cancellation)).HttpResponse;
    }, cancellation);

    // Octokit takes the token of a reader and of a POST only: the others are not begun once it is cancelled.
    private static async Task<ApiAnswer> Ask(Func<Task<IResponse>> send, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            var response = await send();
            return new((int)response.StatusCode, Parse(response.Body as string), "");
        }
        catch (RateLimitExceededException limit)
        {
            return new((int)limit.StatusCode, null, $"the limit of {limit.Limit} requests is used up until {limit.Reset:u}");
        }
        catch (ApiException refusal)
        {
            return new((int)refusal.StatusCode, null, refusal.Message);
        }
        catch (HttpRequestException fault)
        {
            return new(0, null, fault.Message);
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new(0, null, $"no answer within {Patience.TotalSeconds:0} s");
        }
        catch (JsonException)
        {
            return new(0, null, "the answer is no JSON");
        }
        catch (System.Runtime.Serialization.SerializationException)
        {
            return new(0, null, "the answer is no JSON");
        }
    }

    private static JsonNode? Parse(string? text) => string.IsNullOrWhiteSpace(text) ? null : JsonNode.Parse(text);

    // A page is a list, or an object with a count and a list in it.
    private static JsonNode? Join(JsonNode? whole, JsonNode? page)
    {
        if (whole is JsonArray items && page is JsonArray more)
        {
            Move(more, items);
        }
        else if (whole is JsonObject document && page is JsonObject next)
        {
            foreach (var (name, value) in next.ToList())
            {
                if (value is JsonArray list && document[name] is JsonArray before)
                    Move(list, before);
            }
        }

        return whole ?? page;
    }

    private static void Move(JsonArray from, JsonArray to)
    {
        foreach (var item in from.ToList())
        {
            from.Remove(item);
            to.Add(item);
        }
    }

    private static Uri Relative(string path) => new(path, UriKind.Relative);
}
