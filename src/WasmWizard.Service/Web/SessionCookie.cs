using WasmWizard.Service.Accounts;

namespace WasmWizard.Service.Web;

/// <summary>
/// The page's session: a random token in a cookie that no script reads and no other site sends, and beside it a token that a
/// changing request has to repeat in a header, which a forged form cannot.
/// </summary>
internal static class SessionCookie
{
    public const string Name = "wasm-wizard-session";
    public const string FormTokenHeader = "X-CSRF-Token";

    public static void Set(HttpContext context, string token, DateTimeOffset expires) =>
        context.Response.Cookies.Append(Name, token, Options(context, expires));

    public static void Clear(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context, null));

    /// <summary>What a changing request repeats.</summary>
    public static string FormToken(string token) => Secrets.Derive(token, "form");

    public static bool IsForged(HttpRequest request, string token) =>
        !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && !Secrets.AreEqual(request.Headers[FormTokenHeader].ToString(), FormToken(token));

    private static CookieOptions Options(HttpContext context, DateTimeOffset? expires) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = "/",
        Expires = expires,
    };
}
