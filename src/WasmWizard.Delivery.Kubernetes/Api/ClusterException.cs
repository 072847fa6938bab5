namespace WasmWizard.Delivery.Kubernetes.Api;

/// <summary>What the API answered instead of doing it, in its own words.</summary>
/// <param name="status">HTTP's; 0 when no answer came.</param>
/// <param name="reason">The API's word for it, e.g. <c>Forbidden</c>.</param>
public sealed class ClusterException(int status, string reason, string message, Exception? inner = null) : Exception(message, inner)
{
    public int Status => status;

    public string Reason => reason;

    /// <summary>No answer, or one that says to come again: the very same request may be sent again.</summary>
    public bool IsPassing => status is 0 or 429 or 500 or 502 or 503 or 504;

    public bool IsConflict => status == 409;

    /// <summary>The API's own wish before the next attempt; null when it said none.</summary>
    public TimeSpan? After { get; init; }
}
