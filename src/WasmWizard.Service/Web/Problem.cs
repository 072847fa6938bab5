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

    public static Problem NoKey() =>
        new("WW5301", 401, "A key is required", "This service answers /api with an API key only, and no key of yours is known here.");

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
