using WasmWizard.Service.Accounts;
using WasmWizard.Service.Metrics;

namespace WasmWizard.Service.Web;

/// <summary>Signing in to the page with a key, and out again.</summary>
internal sealed class SessionEndpoints(KeyStore keys, ServiceMetrics metrics)
{
    /// <summary>
    /// The key comes in the body of a JSON request, which no form of another site can send without being asked first; the session it starts
    /// is the key's, not the sender's.
    /// </summary>
    public async Task<IResult> SignInAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
            return Problem.BadJson("The content type is required to be application/json.").ToResult();
        var (asked, problem) = await Bodies.ReadJsonAsync<Credentials>(context);
        if (problem is not null)
            return problem.ToResult();
        var lookup = ApiKey.Parse(asked!.Key ?? "") is { } key ? await keys.FindAsync(key, context.RequestAborted) : new KeyLookup.Refused("malformed");
        if (lookup is KeyLookup.Refused refused)
        {
            metrics.AuthenticationFailures.WithLabels(refused.Reason).Inc();
            return Problem.BadKey(refused.Reason).ToResult();
        }

        var valid = (KeyLookup.Valid)lookup;
        var (token, expires) = await keys.StartSessionAsync(valid.KeyId, context.RequestAborted);
        SessionCookie.Set(context, token, expires);
        return Results.Json(new { signedIn = true, tier = valid.Tier.Name, role = valid.Role.Word(), formToken = SessionCookie.FormToken(token) }, Json.Options);
    }

    public static Task<IResult> ShowAsync(HttpContext context)
    {
        var caller = context.Caller();
        var token = context.Request.Cookies[SessionCookie.Name];
        return Task.FromResult(Results.Json(
            new
            {
                signedIn = !caller.IsAnonymous,
                tier = caller.Tier.Name,
                role = caller.Role.Word(),
                formToken = caller.IsAnonymous || token is null ? null : SessionCookie.FormToken(token),
            },
            Json.Options));
    }

    public async Task<IResult> SignOutAsync(HttpContext context)
    {
        if (context.Request.Cookies[SessionCookie.Name] is { Length: > 0 } token)
            await keys.EndSessionAsync(token, context.RequestAborted);
        SessionCookie.Clear(context);
        return Results.NoContent();
    }

    private sealed record Credentials
    {
        public string? Key { get; init; }
    }
}
