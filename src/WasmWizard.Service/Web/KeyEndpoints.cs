using WasmWizard.Service.Accounts;

namespace WasmWizard.Service.Web;

/// <summary>A caller's own keys.</summary>
internal sealed class KeyEndpoints(KeyStore keys, TierStore tiers, TimeProvider clock)
{
    public async Task<IResult> CreateAsync(HttpContext context)
    {
        var caller = context.Caller();
        return await CreateAsync(context, caller.UserId, caller.Tier);
    }

    /// <param name="userId">Whose key it will be.</param>
    /// <param name="own">The highest tier that may be asked for, and the one of a key for which none was.</param>
    public async Task<IResult> CreateAsync(HttpContext context, string userId, Tier own)
    {
        var (asked, problem) = await Bodies.ReadJsonAsync<NewKey>(context);
        if (problem is not null)
            return problem.ToResult();
        var tier = asked!.Tier is { } name ? await tiers.FindAsync(name, context.RequestAborted) : own;
        if (tier is null)
            return Problem.BadJson($"There is no tier \"{asked.Tier}\".").ToResult();
        if (tier.Rank > own.Rank)
            return Problem.TierTooHigh(tier.Name, own.Name).ToResult();
        if (asked.ExpiresAt <= clock.GetUtcNow())
            return Problem.BadJson("expiresAt has passed already.").ToResult();
        var (id, key) = await keys.CreateAsync(userId, tier.Name, asked.ExpiresAt, context.RequestAborted);
        return Results.Json(
            new { id, key = key.Reveal(), key.Prefix, tier = tier.Name, asked.ExpiresAt }, Json.Options, statusCode: StatusCodes.Status201Created);
    }

    public async Task<IResult> ListAsync(HttpContext context) =>
        Results.Json(new { keys = await keys.ListAsync(context.Caller().UserId, context.RequestAborted) }, Json.Options);

    public async Task<IResult> RevokeAsync(HttpContext context) =>
        await keys.RevokeAsync((string)context.Request.RouteValues["id"]!, context.Caller().UserId, context.RequestAborted)
            ? Results.NoContent()
            : Problem.NoSuch("key").ToResult();

    /// <summary>The body: a tier, at most the caller's, and when the key ends; both may be left out.</summary>
    private sealed record NewKey
    {
        public string? Tier { get; init; }

        public DateTimeOffset? ExpiresAt { get; init; }
    }
}
