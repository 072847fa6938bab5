using WasmWizard.Service.Accounts;

namespace WasmWizard.Service.Web;

/// <summary>Who calls, once it is known.</summary>
/// <param name="Seen">The database's version before the caller was looked up: whatever else the request reads may be as old.</param>
internal sealed record CallerFeature(Caller Caller, long? Seen = null)
{
    public static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "unknown";
}

/// <summary>Asks for the caller behind the gate, where there always is one.</summary>
internal static class CallerOfRequest
{
    public static Caller Caller(this HttpContext context) => context.Features.Get<CallerFeature>()!.Caller;

    public static long? SeenVersion(this HttpContext context) => context.Features.Get<CallerFeature>()!.Seen;
}
