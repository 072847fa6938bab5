using System.Text.Json.Nodes;

namespace WasmWizard.Delivery.Kubernetes.Simulator;

/// <summary>An answer of the API that is no success, as it is sent: a Status.</summary>
public sealed class ApiFailureException(int code, string reason, string message) : Exception(message)
{
    public int Code => code;

    public string Reason => reason;

    /// <summary>Seconds of the header Retry-After; null for none.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Single causes, e.g. of conflicts.</summary>
    public IReadOnlyList<(string Reason, string Message, string Field)> Causes { get; init; } = [];

    public static ApiFailureException NotFound(string resource, string name) => new(404, "NotFound", $"{resource} \"{name}\" not found");

    public static ApiFailureException Exists(string resource, string name) => new(409, "AlreadyExists", $"{resource} \"{name}\" already exists");

    public static ApiFailureException Changed(string resource, string name) => new(
        409, "Conflict", $"Operation cannot be fulfilled on {resource} \"{name}\": the object has been modified; please apply your changes to the latest version and try again");

    public static ApiFailureException Invalid(string message) => new(422, "Invalid", message);

    public static ApiFailureException Bad(string message) => new(400, "BadRequest", message);

    public static ApiFailureException Gone(string message) => new(410, "Expired", message);

    public JsonObject ToStatus()
    {
        var status = new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Failure",
            ["message"] = Message,
            ["reason"] = Reason,
            ["code"] = Code,
        };
        if (Causes.Count > 0)
            status["details"] = new JsonObject { ["causes"] = new JsonArray([.. Causes.Select(cause => new JsonObject { ["reason"] = cause.Reason, ["message"] = cause.Message, ["field"] = cause.Field })]) };
        return status;
    }
}
