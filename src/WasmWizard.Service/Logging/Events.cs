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

    [LoggerMessage(1003, LogLevel.Warning, "{Method} {Route} was answered 503: {Reason}")]
    public static partial void DatabaseFailed(this ILogger logger, string method, string route, string reason);

    [LoggerMessage(1004, LogLevel.Information, "A new certificate is used; it is valid until {Until}.")]
    public static partial void CertificateReloaded(this ILogger logger, DateTime until);

    [LoggerMessage(1005, LogLevel.Error, "The certificate's files changed and cannot be used: {Reason} The one before stays.")]
    public static partial void CertificateRefused(this ILogger logger, string reason);

    [LoggerMessage(2001, LogLevel.Warning, "{Count} usage records were dropped: {Reason}")]
    public static partial void UsageDropped(this ILogger logger, int count, string reason);

    [LoggerMessage(3001, LogLevel.Information, "Stopping: not ready any more; {Running} executions run, {Queued} wait.")]
    public static partial void Draining(this ILogger logger, int running, int queued);

    [LoggerMessage(3002, LogLevel.Warning, "Stopping by force: {Running} executions still run after the longest time that one may take.")]
    public static partial void DrainForced(this ILogger logger, int running);
}
