using WasmWizard.Service.Data;

namespace WasmWizard.Service.Web;

/// <summary>What was executed: one's own, or for an admin anybody's.</summary>
internal sealed class UsageEndpoints(UsageStore usage, TimeProvider clock)
{
    /// <summary>Looked back on where the query does not say from when.</summary>
    private static readonly TimeSpan Default = TimeSpan.FromDays(30);

    public Task<IResult> OwnAsync(HttpContext context) =>
        SummarizeAsync(context, context.Caller().UserId);

    /// <summary>The query's user; without one everybody.</summary>
    public Task<IResult> AllAsync(HttpContext context) =>
        SummarizeAsync(context, context.Request.Query["user"].ToString() is { Length: > 0 } user ? user : null);

    private async Task<IResult> SummarizeAsync(HttpContext context, string? userId)
    {
        var to = Bodies.Time(context.Request, "to", clock.GetUtcNow());
        var from = Bodies.Time(context.Request, "from", (to ?? clock.GetUtcNow()) - Default);
        if (from is null || to is null || from > to)
            return Problem.BadQuery("from and to are required to be times such as 2026-01-31T12:00:00Z, from before to, or to be left out.").ToResult();
        return Results.Json(await usage.SummarizeAsync(userId, from.Value, to.Value, context.RequestAborted), Json.Options);
    }
}
