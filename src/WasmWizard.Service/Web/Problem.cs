using System.Text.Json.Serialization;

namespace WasmWizard.Service.Web;

/// <summary>An RFC 9457 problem, with <c>error</c> kept as a string beside it for clients of the first implementation.</summary>
/// <param name="Id">WW51xx: the module; WW52xx: the request; WW53xx: the caller; WW54xx: the service's state; WW59xx: the service itself.</param>
public sealed record Problem([property: JsonIgnore] string Id, int Status, string Title, string Detail)
{
    /// <summary>A name, not an address: nothing has to be reachable to understand it.</summary>
    public string Type => $"urn:wasm-wizard:{Id}";

    public string Error => Detail;

    /// <summary>Seconds for Retry-After; null when a retry would not help.</summary>
    [JsonIgnore]
    public int? RetryAfter { get; init; }

    public static Problem BadForm(string detail) => new("WW5201", 400, "The form cannot be read", detail);

    public static Problem NotAForm() =>
        new("WW5202", 415, "Not a form", "The body is required to be multipart/form-data with the file \"wasm\" and, if the module reads stdin, the text \"input\".");

    public static Problem TooBig(string part, long limit) =>
        new("WW5203", 413, "Too big", $"\"{part}\" is larger than {limit} bytes, the most that is accepted here.");

    public static Problem BodyTooBig() => new("WW5204", 413, "Too big", "The body is larger than a module and an input may be together.");

    public static Problem NotFound(string method, string path) => new("WW5205", 404, "Not found", $"There is nothing at {method} {path}.");

    public static Problem MethodNotAllowed(string method, string path) =>
        new("WW5206", 405, "Method not allowed", $"{path} does not answer {method}.");

    public static Problem BadJson(string detail) => new("WW5207", 400, "The body cannot be read", detail);

    public static Problem BadQuery(string detail) => new("WW5208", 400, "The query cannot be read", detail);

    public static Problem NoSuch(string what) => new("WW5209", 404, "Not found", $"There is no such {what}, or it is not yours.");

    public static Problem BrokenBody() => new("WW5210", 400, "The body cannot be read", "The body ended before it was whole, or came too slowly.");

    public static Problem NoKey() =>
        new("WW5301", 401, "A key is required", "Send a key of yours as \"Authorization: Bearer ww_...\".");

    /// <param name="reason">malformed, unknown, expired, revoked, disabled or session.</param>
    public static Problem BadKey(string reason) => new("WW5302", 401, "The key does not hold", reason switch
    {
        "malformed" => "That is no key: one starts with ww_ and has 32 letters or digits behind it.",
        "expired" => "The key has expired. Make a new one.",
        "revoked" => "The key was revoked.",
        "disabled" => "The key's user is disabled.",
        "session" => "The session has ended. Sign in again.",
        _ => "No such key is known here.",
    });

    public static Problem NotAllowed() => new("WW5303", 403, "Not allowed", "This needs a key of an admin.");

    public static Problem Forged() =>
        new("WW5304", 403, "Not from the page", $"A request that changes something has to repeat the session's form token in {SessionCookie.FormTokenHeader}.");

    public static Problem TierTooHigh(string tier, string own) =>
        new("WW5305", 403, "Not allowed", $"A key of tier \"{tier}\" is above yours, \"{own}\".");

    public static Problem Limited(string window, long limit, TimeSpan retryAfter) =>
        new("WW5306", 429, "Too many executions", $"The tier allows {limit} executions a {window}, and so many were asked for.") { RetryAfter = Math.Max(1, (int)Math.Ceiling(retryAfter.TotalSeconds)) };

    public static Problem Frozen(string reason) =>
        new("WW5402", 503, "Executions are frozen", $"An admin stopped executions: {reason}") { RetryAfter = 60 };

    public static Problem LimitsUnknown() =>
        new("WW5403", 503, "Limits cannot be asked", "The counters of the rate limits do not answer. Try again in a moment.") { RetryAfter = 1 };

    public static Problem NoDatabase() =>
        new("WW5404", 503, "The database does not answer", "Keys and modules cannot be looked up. Try again in a moment.") { RetryAfter = 1 };

    public static Problem Busy() =>
        new("WW5401", 503, "Busy", "Every slot is taken and the queue is full. Try again in a moment.") { RetryAfter = 1 };

    public static Problem Internal(string traceId) =>
        new("WW5901", 500, "Unexpected", $"The service failed at this request; its log says more under trace {traceId}.");

    public static Problem Of(Modules.ModuleRefusal refusal) => new(refusal.Id, 400, "Not a module that runs here", refusal.Message);

    public IResult ToResult() => new ProblemResult(this);

    private sealed class ProblemResult(Problem problem) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = problem.Status;
            if (problem.RetryAfter is { } seconds)
                response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (problem.Status == 401)
                response.Headers.WWWAuthenticate = "Bearer";
            return response.WriteAsJsonAsync(problem, Json.Options, "application/problem+json", httpContext.RequestAborted);
        }
    }
}
