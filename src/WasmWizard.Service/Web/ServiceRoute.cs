namespace WasmWizard.Service.Web;

/// <summary>A route as the contract names it.</summary>
/// <param name="Probe">What a deployment may use it for: liveness, readiness, health, metrics, execute; null for the rest.</param>
public sealed record ServiceRoute(string Method, string Path, RouteAuth Auth, string? Probe, string Meaning)
{
    /// <summary>The route that this one is an older name of; null for the routes themselves.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public ServiceRoute? AliasOf { get; init; }

    public ServiceRoute Alias(string path) => this with { Path = path, Probe = null, AliasOf = this, Meaning = $"Alias of {Path}." };
}

/// <summary>Who may call.</summary>
public enum RouteAuth
{
    None,

    /// <summary>A key, where AUTH_REQUIRED is true; else anonymous callers too.</summary>
    Key,

    /// <summary>A key, also where AUTH_REQUIRED is false.</summary>
    Owner,

    /// <summary>A key of a user whose role is admin.</summary>
    Admin,
}

/// <summary>Every route, once: endpoints are mapped from these, and the contract and OpenAPI list them.</summary>
public static class Routes
{
    public static readonly ServiceRoute Execute = new("POST", "/api/execute", RouteAuth.Key, "execute", "Runs a module: multipart with the file wasm and the text input.");
    public static readonly ServiceRoute AddModule = new("POST", "/api/modules", RouteAuth.Key, null, "Stores a module: multipart with wasm, name, description, isPublic.");
    public static readonly ServiceRoute ListModules = new("GET", "/api/modules", RouteAuth.Key, null, "The caller's modules, newest first: page, limit, includePublic.");
    public static readonly ServiceRoute ExecuteModule = new("POST", "/api/modules/{id}/execute", RouteAuth.Key, null, "Runs a stored module; stdin is the text body or the form's input.");
    public static readonly ServiceRoute DeleteModule = new("DELETE", "/api/modules/{id}", RouteAuth.Key, null, "Deletes a module of the caller's.");
    public static readonly ServiceRoute CreateKey = new("POST", "/api/auth/keys", RouteAuth.Owner, null, "Makes a key of the caller's tier or a lower one; shown once.");
    public static readonly ServiceRoute ListKeys = new("GET", "/api/auth/keys", RouteAuth.Owner, null, "The caller's keys, without the keys themselves.");
    public static readonly ServiceRoute RevokeKey = new("DELETE", "/api/auth/keys/{id}", RouteAuth.Owner, null, "Revokes a key of the caller's.");
    public static readonly ServiceRoute Usage = new("GET", "/api/usage", RouteAuth.Key, null, "The caller's executions between from and to: totals, success share, percentiles.");
    public static readonly ServiceRoute SignIn = new("POST", "/api/session", RouteAuth.None, null, "Starts the page's session with a key.");
    public static readonly ServiceRoute Session = new("GET", "/api/session", RouteAuth.Key, null, "Who the caller is, and the form token of a session.");
    public static readonly ServiceRoute SignOut = new("DELETE", "/api/session", RouteAuth.Key, null, "Ends the page's session.");
    public static readonly ServiceRoute AdminUsers = new("GET", "/admin/users", RouteAuth.Admin, null, "All users.");
    public static readonly ServiceRoute AdminAddUser = new("POST", "/admin/users", RouteAuth.Admin, null, "Makes a user: name, role, tier.");
    public static readonly ServiceRoute AdminChangeUser = new("PATCH", "/admin/users/{id}", RouteAuth.Admin, null, "Changes a user: role, tier, disabled.");
    public static readonly ServiceRoute AdminUserKeys = new("GET", "/admin/users/{id}/keys", RouteAuth.Admin, null, "A user's keys.");
    public static readonly ServiceRoute AdminAddKey = new("POST", "/admin/users/{id}/keys", RouteAuth.Admin, null, "Makes a key for a user; shown once.");
    public static readonly ServiceRoute AdminRevokeKey = new("DELETE", "/admin/keys/{id}", RouteAuth.Admin, null, "Revokes anybody's key.");
    public static readonly ServiceRoute AdminTiers = new("GET", "/admin/tiers", RouteAuth.Admin, null, "All tiers.");
    public static readonly ServiceRoute AdminPutTier = new("PUT", "/admin/tiers/{name}", RouteAuth.Admin, null, "Makes or changes a tier, such as one customer's.");
    public static readonly ServiceRoute AdminUsage = new("GET", "/admin/usage", RouteAuth.Admin, null, "Everybody's executions between from and to, or one user's.");
    public static readonly ServiceRoute AdminFreeze = new("GET", "/admin/freeze", RouteAuth.Admin, null, "Whether executions are frozen, why, since when.");
    public static readonly ServiceRoute AdminSetFreeze = new("PUT", "/admin/freeze", RouteAuth.Admin, null, "Freezes executions: reason.");
    public static readonly ServiceRoute AdminClearFreeze = new("DELETE", "/admin/freeze", RouteAuth.Admin, null, "Lets executions run again.");
    public static readonly ServiceRoute Health = new("GET", "/health", RouteAuth.None, "health", "Every check, and the release that runs.");
    public static readonly ServiceRoute Live = new("GET", "/health/live", RouteAuth.None, "liveness", "The process answers.");
    public static readonly ServiceRoute Ready = new("GET", "/health/ready", RouteAuth.None, "readiness", "Requests can be served; 503 with reasons when not.");
    public static readonly ServiceRoute Metrics = new("GET", "/metrics", RouteAuth.None, "metrics", "Prometheus text.");
    public static readonly ServiceRoute OpenApi = new("GET", "/openapi/v1.json", RouteAuth.None, null, "These routes as OpenAPI 3.1.");
    public static readonly ServiceRoute Docs = new("GET", "/docs", RouteAuth.None, null, "These routes as a page.");
    public static readonly ServiceRoute Page = new("GET", "/", RouteAuth.None, null, "The page to try it.");
    public static readonly ServiceRoute Assets = new("GET", "/assets/{name}", RouteAuth.None, null, "Script, style and icon of the pages.");

    /// <summary>The paths of the first implementation.</summary>
    public static IReadOnlyList<ServiceRoute> Aliases { get; } =
        [AddModule.Alias("/api/wasm/upload"), ListModules.Alias("/api/wasm/modules"), Live.Alias("/healthz"), Ready.Alias("/readyz")];

    public static IReadOnlyList<ServiceRoute> All { get; } =
    [
        Execute, AddModule, ListModules, ExecuteModule, DeleteModule, CreateKey, ListKeys, RevokeKey, Usage, SignIn, Session, SignOut,
        AdminUsers, AdminAddUser, AdminChangeUser, AdminUserKeys, AdminAddKey, AdminRevokeKey, AdminTiers, AdminPutTier, AdminUsage,
        AdminFreeze, AdminSetFreeze, AdminClearFreeze, Health, Live, Ready, Metrics, OpenApi, Docs, Page, Assets, .. Aliases,
    ];
}
