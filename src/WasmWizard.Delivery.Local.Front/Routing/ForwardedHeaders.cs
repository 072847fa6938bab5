using Yarp.ReverseProxy.Forwarder;

namespace WasmWizard.Delivery.Local.Front.Routing;

/// <summary>
/// Tells the service who asked and for which address. The original Host is kept; what a proxy before the front has set for the scheme
/// and the host is kept too, the list of addresses grows by the caller's.
/// </summary>
internal sealed class ForwardedHeaders : HttpTransformer
{
    private const string For = "X-Forwarded-For";
    private const string Proto = "X-Forwarded-Proto";
    private const string Host = "X-Forwarded-Host";

    public static ForwardedHeaders Transformer { get; } = new();

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var request = httpContext.Request;
        var caller = httpContext.Connection.RemoteIpAddress?.ToString();
        var chain = request.Headers[For].Append(caller).Where(address => !string.IsNullOrEmpty(address));
        Set(proxyRequest, For, string.Join(", ", chain));
        if (!request.Headers.ContainsKey(Proto))
            Set(proxyRequest, Proto, request.Scheme);
        if (!request.Headers.ContainsKey(Host))
            Set(proxyRequest, Host, request.Host.Value ?? "");
    }

    private static void Set(HttpRequestMessage request, string name, string value)
    {
        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, value);
    }
}
