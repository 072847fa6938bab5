using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using WasmWizard.Service.Accounts;
using WasmWizard.Service.Metrics;
using WasmWizard.Service.Settings;

namespace WasmWizard.Service.Web;

/// <summary>
/// Finds out who calls: by a key in <c>Authorization: Bearer</c> or <c>X-API-Key</c>, by the session cookie of the page, or nobody. A key that
/// is shown and does not hold is refused, also where none is wanted: nobody becomes anonymous by a typing error.
/// </summary>
internal sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, KeyStore keys, ServiceMetrics metrics, ServiceSettings settings)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "key";
    public const string KeyHeader = "X-API-Key";
    private const string Bearer = "Bearer ";

    /// <summary>What anonymous callers get: the Free tier's rates with the limits of the environment.</summary>
    public static Tier AnonymousTier(Tier free, ServiceSettings settings) =>
        free with { MemoryBytes = settings.Limits.MemoryBytes, WallTime = settings.Limits.WallTime };

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // Who reads /health or the page is nobody's business, and probes cost no look into the database.
        if (Context.GetEndpoint()?.Metadata.GetMetadata<ServiceRoute>() is null or { Auth: RouteAuth.None })
            return AuthenticateResult.NoResult();
        var lookup = await LookUpAsync();
        switch (lookup)
        {
            case null:
                return AuthenticateResult.NoResult();
            case KeyLookup.Valid valid:
                var caller = new Caller(valid.UserId, valid.KeyId, valid.Role, valid.Tier, CallerFeature.AddressOf(Context));
                Context.Features.Set(new CallerFeature(caller));
                return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(IdentityOf(valid)), SchemeName));
            default:
                var reason = ((KeyLookup.Refused)lookup).Reason;
                metrics.AuthenticationFailures.WithLabels(reason).Inc();
                return AuthenticateResult.Fail(reason);
        }
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Failure is null)
            metrics.AuthenticationFailures.WithLabels("missing").Inc();
        return Problem.NoKey().ToResult().ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Problem.NotAllowed().ToResult().ExecuteAsync(Context);

    private static ClaimsIdentity IdentityOf(KeyLookup.Valid valid) => new(
        [new Claim(ClaimTypes.NameIdentifier, valid.UserId), new Claim(ClaimTypes.Role, valid.Role.Word())], SchemeName);

    /// <summary>Null when the request shows nothing.</summary>
    private async Task<KeyLookup?> LookUpAsync()
    {
        var authorization = Request.Headers.Authorization.ToString();
        var shown = authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim()
            : authorization.Length > 0 ? "" : Request.Headers[KeyHeader].ToString() is { Length: > 0 } header ? header : null;
        if (shown is not null)
            return ApiKey.Parse(shown) is { } key ? await keys.FindAsync(key, Context.RequestAborted) : new KeyLookup.Refused("malformed");
        if (Request.Cookies[SessionCookie.Name] is not { Length: > 0 } token)
            return null;
        if (SessionCookie.IsForged(Request, token))
            return new KeyLookup.Refused("forged");
        return await keys.FindSessionAsync(token, Context.RequestAborted) switch
        {
            // A session that ended is no failure of the caller's where no key is wanted: the page goes on without.
            KeyLookup.Refused { Reason: "session" } when !settings.AuthRequired => null,
            var other => other,
        };
    }
}
