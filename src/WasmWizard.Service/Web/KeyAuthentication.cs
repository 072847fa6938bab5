using WasmWizard.Service.Accounts;
using WasmWizard.Service.Settings;

namespace WasmWizard.Service.Web;

/// <summary>
/// Finds out who calls: by a key in <c>Authorization: Bearer</c> or <c>X-API-Key</c>, by the session cookie of the page, or nobody. Asked by
/// the gate, without the framework's handlers: one made for each request, twice asked, cost more than the key itself.
/// </summary>
internal sealed class KeyAuthentication(KeyStore keys, ServiceSettings settings)
{
    public const string KeyHeader = "X-API-Key";
    private const string Bearer = "Bearer ";

    /// <summary>What anonymous callers get: the Free tier's rates with the limits of the environment.</summary>
    public static Tier AnonymousTier(Tier free, ServiceSettings settings) =>
        free with { MemoryBytes = settings.Limits.MemoryBytes, WallTime = settings.Limits.WallTime };

    /// <summary>Null when the request shows nothing.</summary>
    /// <param name="seen">The database's version since the request arrived.</param>
    public async ValueTask<KeyLookup?> LookUpAsync(HttpContext context, long? seen)
    {
        var request = context.Request;
        var authorization = request.Headers.Authorization.ToString();
        var shown = authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim()
            : authorization.Length > 0 ? "" : request.Headers[KeyHeader].ToString() is { Length: > 0 } header ? header : null;
        if (shown is not null)
            return ApiKey.Parse(shown) is { } key ? await keys.FindAsync(key, context.RequestAborted, seen) : new KeyLookup.Refused("malformed");
        if (request.Cookies[SessionCookie.Name] is not { Length: > 0 } token)
            return null;
        if (SessionCookie.IsForged(request, token))
            return new KeyLookup.Refused("forged");
        return await keys.FindSessionAsync(token, context.RequestAborted) switch
        {
            // A session that ended is no failure of the caller's where no key is wanted: the page goes on without.
            KeyLookup.Refused { Reason: "session" } when !settings.AuthRequired => null,
            var other => other,
        };
    }
}
