using WasmWizard.Service.Accounts;
using WasmWizard.Service.Data;
using WasmWizard.Service.Metrics;
using WasmWizard.Service.Settings;

namespace WasmWizard.Service.Web;

/// <summary>
/// Lets to a route only whom its definition names: everybody, holders of a key (and, where AUTH_REQUIRED is false, anonymous callers), admins.
/// A key that is shown and does not hold is refused, also where none is wanted: nobody becomes anonymous by a typing error.
/// </summary>
internal sealed class KeyGate(RequestDelegate next, KeyAuthentication authentication, IDatabase database, ServiceSettings settings, TierStore tiers, ServiceMetrics metrics)
{
    public async Task InvokeAsync(HttpContext context)
    {
        // Who reads /health or the page is nobody's business, and probes cost no look into the database.
        if (context.GetEndpoint()?.Metadata.GetMetadata<ServiceRoute>() is { Auth: not RouteAuth.None } route
            && await JudgeAsync(context, route) is { } problem)
            await problem.ToResult().ExecuteAsync(context);
        else
            await next(context);
    }

    /// <summary>Null for whom the route is open; they are known as the request's caller from then on.</summary>
    private async ValueTask<Problem?> JudgeAsync(HttpContext context, ServiceRoute route)
    {
        var seen = database.Version();
        switch (await authentication.LookUpAsync(context, seen))
        {
            case KeyLookup.Refused refused:
                metrics.AuthenticationFailures.WithLabels(refused.Reason).Inc();
                return refused.Reason == "forged" ? Problem.Forged() : Problem.BadKey(refused.Reason);
            case KeyLookup.Valid valid when route.Auth == RouteAuth.Admin && valid.Role != Role.Admin:
                return Problem.NotAllowed();
            case KeyLookup.Valid valid:
                context.Features.Set(new CallerFeature(new Caller(valid.UserId, valid.KeyId, valid.Role, valid.Tier, Address: null), seen));
                return null;
            case null when route.Auth == RouteAuth.Key && !settings.AuthRequired:
                var free = (await tiers.FindAsync(Tier.Free, context.RequestAborted))!;
                var tier = KeyAuthentication.AnonymousTier(free, settings);
                context.Features.Set(new CallerFeature(new Caller(Caller.Anonymous, null, Role.User, tier, CallerFeature.AddressOf(context)), seen));
                return null;
            default:
                metrics.AuthenticationFailures.WithLabels("missing").Inc();
                return Problem.NoKey();
        }
    }
}
