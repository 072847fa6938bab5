using System.Globalization;
using System.Net;
using System.Text.Json;
using Yarp.ReverseProxy.Forwarder;

namespace WasmWizard.Delivery.Local.Front.Routing;

/// <summary>Answers every request of the public address by the routed backend; the front has no path of its own there.</summary>
public sealed class Forwarding(Router router, IHttpForwarder forwarder)
{
    /// <summary>What a caller is told to wait when nothing serves: a crashed instance is back within about this time.</summary>
    private const int RetryAfterSeconds = 1;

    private static readonly ForwarderRequestConfig Request = new()
    {
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        // The service bounds an execution by itself (at most 30 s, after a queue); this only ends a request that makes no progress at all.
        ActivityTimeout = TimeSpan.FromSeconds(120),
    };

    public async Task Answer(HttpContext context)
    {
        if (router.Enter() is not { } backend)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            await Problem(context, StatusCodes.Status503ServiceUnavailable, "Nothing serves here at the moment.");
            return;
        }

        try
        {
            var error = await forwarder.SendAsync(
                context, backend.Address.GetLeftPart(UriPartial.Authority), backend.Client, Request, ForwardedHeaders.Transformer);
            if (error != ForwarderError.None && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
                await Problem(context, context.Response.StatusCode, $"The service did not answer ({error}).");
        }
        finally
        {
            backend.Leave();
        }
    }

    private static async Task Problem(HttpContext context, int status, string detail)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        var title = status switch
        {
            StatusCodes.Status503ServiceUnavailable => "Service Unavailable",
            StatusCodes.Status504GatewayTimeout => "Gateway Timeout",
            StatusCodes.Status400BadRequest => "Bad Request",
            _ => "Bad Gateway",
        };
        var problem = new Dictionary<string, object> { ["type"] = "about:blank", ["title"] = title, ["status"] = status, ["detail"] = detail, ["error"] = detail };
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(problem), context.RequestAborted);
    }
}
