using WasmWizard.Service.Metrics;
using WasmWizard.Service.Settings;

namespace WasmWizard.Service.Web;

/// <summary>Lets nobody without a key to the routes that want one, where AUTH_REQUIRED is true. No key is known yet, so then nobody passes.</summary>
internal sealed class KeyGate(RequestDelegate next, ServiceSettings settings, ServiceMetrics metrics)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!settings.AuthRequired || context.GetEndpoint()?.Metadata.GetMetadata<ServiceRoute>() is not { Auth: "key" })
            return next(context);
        metrics.AuthenticationFailures.WithLabels(context.Request.Headers.Authorization.Count == 0 ? "missing" : "unknown").Inc();
        return Problem.NoKey().ToResult().ExecuteAsync(context);
    }
}
