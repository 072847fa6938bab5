using WasmWizard.Service.Accounts;

namespace WasmWizard.Service.Web;

/// <summary>Who calls, once it is known.</summary>
internal sealed record CallerFeature(Caller Caller)
{
    public static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "unknown";
}

/// <summary>Asks for the caller behind the gate, where there always is one.</summary>
internal static class CallerOfRequest
{
    public static Caller Caller(this HttpContext context) => context.Features.Get<CallerFeature>()!.Caller;
}
