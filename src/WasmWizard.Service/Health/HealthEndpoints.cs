using WasmWizard.Service.Executions;
using WasmWizard.Service.Settings;
using WasmWizard.Service.Web;

namespace WasmWizard.Service.Health;

/// <summary>What probes and people see of the service's state.</summary>
internal sealed class HealthEndpoints(ServiceSettings settings, Readiness readiness, Executor executor)
{
    public static IResult Live() => Results.Json(new { status = "live" }, Json.Options);

    public async Task<IResult> ReadyAsync(HttpContext context)
    {
        var checks = await readiness.CheckAsync(context.RequestAborted);
        var ready = checks.All(c => c.Healthy);
        var body = new { status = ready ? "ready" : "not ready", reasons = checks.Where(c => !c.Healthy).Select(c => new { c.Name, c.Reason }) };
        return Results.Json(body, Json.Options, statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    public async Task<IResult> AllAsync(HttpContext context)
    {
        var checks = await readiness.CheckAsync(context.RequestAborted);
        var healthy = checks.All(c => c.Healthy);
        var body = new
        {
            status = healthy ? "healthy" : "unhealthy",
            environment = settings.Environment.ToString().ToLowerInvariant(),
            release = settings.Release,
            checks,
            executions = new { running = executor.Running, queued = executor.Queued },
        };
        return Results.Json(body, Json.Options, statusCode: healthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
