namespace WasmWizard.Service.Web;

/// <summary>A route as the contract names it.</summary>
/// <param name="Probe">What a deployment may use it for: liveness, readiness, health, metrics, execute; null for the rest.</param>
/// <param name="Auth">none, or key where AUTH_REQUIRED is true.</param>
public sealed record ServiceRoute(string Method, string Path, string Auth, string? Probe, string Meaning);

/// <summary>Every route, once: endpoints are mapped from these, and the contract lists them.</summary>
public static class Routes
{
    public static readonly ServiceRoute Execute = new("POST", "/api/execute", "key", "execute", "Runs a module: multipart with the file wasm and the text input.");
    public static readonly ServiceRoute Health = new("GET", "/health", "none", "health", "Every check, and the release that runs.");
    public static readonly ServiceRoute Live = new("GET", "/health/live", "none", "liveness", "The process answers.");
    public static readonly ServiceRoute Ready = new("GET", "/health/ready", "none", "readiness", "Requests can be served; 503 with reasons when not.");
    public static readonly ServiceRoute LiveAlias = new("GET", "/healthz", "none", null, "Alias of /health/live.");
    public static readonly ServiceRoute ReadyAlias = new("GET", "/readyz", "none", null, "Alias of /health/ready.");
    public static readonly ServiceRoute Metrics = new("GET", "/metrics", "none", "metrics", "Prometheus text.");
    public static readonly ServiceRoute Page = new("GET", "/", "none", null, "The page to try it.");
    public static readonly ServiceRoute Assets = new("GET", "/assets/{name}", "none", null, "Script, style and icon of the page.");

    public static IReadOnlyList<ServiceRoute> All { get; } =
        [Execute, Health, Live, Ready, LiveAlias, ReadyAlias, Metrics, Page, Assets];
}
