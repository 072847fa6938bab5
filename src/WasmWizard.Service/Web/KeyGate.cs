using Microsoft.AspNetCore.Authentication;
using WasmWizard.Service.Accounts;
using WasmWizard.Service.Settings;

namespace WasmWizard.Service.Web;

/// <summary>Lets to a route only whom its definition names: everybody, holders of a key (and, where AUTH_REQUIRED is false, anonymous callers), admins.</summary>
internal sealed class KeyGate(RequestDelegate next, ServiceSettings settings, TierStore tiers)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<ServiceRoute>() is not { Auth: not RouteAuth.None } route)
        {
            await next(context);
            return;
        }

        var result = await context.AuthenticateAsync(KeyAuthentication.SchemeName);
        if (result.Failure is { } failure)
            await Refuse(context, failure.Message);
        else if (!result.Succeeded && !(route.Auth == RouteAuth.Key && !settings.AuthRequired))
            await context.ChallengeAsync(KeyAuthentication.SchemeName);
        else if (route.Auth == RouteAuth.Admin && context.Caller().Role != Role.Admin)
            await context.ForbidAsync(KeyAuthentication.SchemeName);
        else
            await Admit(context);
    }

    private static Task Refuse(HttpContext context, string reason) =>
        (reason == "forged" ? Problem.Forged() : Problem.BadKey(reason)).ToResult().ExecuteAsync(context);

    private async Task Admit(HttpContext context)
    {
        if (context.Features.Get<CallerFeature>() is null)
        {
            var free = (await tiers.FindAsync(Tier.Free, context.RequestAborted))!;
            var tier = KeyAuthentication.AnonymousTier(free, settings);
            context.Features.Set(new CallerFeature(new Caller(Caller.Anonymous, null, Role.User, tier, CallerFeature.AddressOf(context))));
        }

        await next(context);
    }
}
