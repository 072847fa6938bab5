namespace WasmWizard.Service.Logging;

/// <summary>
/// Every line that the service logs, in one class on purpose: the compiler's generator writes several classes in an order that
/// changes from run to run, and equal trees have to give equal bytes.
/// </summary>
internal static partial class Events
{
    [LoggerMessage(1, LogLevel.Information, "Listening on {Addresses}")]
    public static partial void Listening(this ILogger logger, string addresses);

    [LoggerMessage(1001, LogLevel.Debug, "{Method} {Route} answered {Status} in {Milliseconds} ms")]
    public static partial void Answered(this ILogger logger, string method, string route, int status, double milliseconds);

    [LoggerMessage(1002, LogLevel.Error, "{Method} {Route} failed")]
    public static partial void RequestFailed(this ILogger logger, Exception exception, string method, string route);

    [LoggerMessage(2001, LogLevel.Warning, "{Count} usage records were dropped: the database answered with SQLite error {Code}.")]
    public static partial void UsageDropped(this ILogger logger, int count, int code);

    [LoggerMessage(3001, LogLevel.Information, "Stopping: not ready any more; {Running} executions run, {Queued} wait.")]
    public static partial void Draining(this ILogger logger, int running, int queued);

    [LoggerMessage(3002, LogLevel.Warning, "Stopping by force: {Running} executions still run after the longest time that one may take.")]
    public static partial void DrainForced(this ILogger logger, int running);
}
