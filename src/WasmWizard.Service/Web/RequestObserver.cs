using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Prometheus;
using WasmWizard.Service.Data;
using WasmWizard.Service.Logging;
using WasmWizard.Service.Metrics;

namespace WasmWizard.Service.Web;

/// <summary>Counts and times every request, turns what nobody foresaw into a 500 that tells no secrets, and gives bare 404 and 405 a body.</summary>
internal sealed class RequestObserver(RequestDelegate next, ServiceMetrics metrics, IDatabase database, ILogger<RequestObserver> logger)
{
    /// <summary>As many as there are methods, patterns and statuses; the metrics' own look-up of three words took as long as a route's.</summary>
    private readonly ConcurrentDictionary<(string Method, string Route, int Status), (Counter.Child Requests, Histogram.Child Duration)> _series = [];

    public async Task InvokeAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        using var trace = logger.IsEnabled(LogLevel.Debug) ? RequestTrace.Begin(context) : null;
        try
        {
            await next(context);
            await DescribeAsync(context);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await (exception.StatusCode == StatusCodes.Status413PayloadTooLarge ? Problem.BodyTooBig() : Problem.BrokenBody()).ToResult().ExecuteAsync(context);
        }
        catch (DbException exception) when (!context.Response.HasStarted)
        {
            using var late = RequestTrace.Begin(context);
            logger.DatabaseFailed(context.Request.Method, RouteOf(context), database.Describe(exception));
            await Problem.NoDatabase().ToResult().ExecuteAsync(context);
        }
#pragma warning disable CA1031 // The last catch of a request: the process serves the others.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            using var late = RequestTrace.Begin(context);
            logger.RequestFailed(exception, context.Request.Method, RouteOf(context));
            if (context.Response.HasStarted)
                context.Abort();
            else
                await Problem.Internal(Activity.Current!.TraceId.ToString()).ToResult().ExecuteAsync(context);
        }
        finally
        {
            Count(context, Stopwatch.GetElapsedTime(started));
        }
    }

    private static Task DescribeAsync(HttpContext context)
    {
        if (context.Response.HasStarted || context.Response.ContentType is not null)
            return Task.CompletedTask;
        var request = context.Request;
        return context.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => Problem.NotFound(request.Method, request.Path).ToResult().ExecuteAsync(context),
            StatusCodes.Status405MethodNotAllowed => Problem.MethodNotAllowed(request.Method, request.Path).ToResult().ExecuteAsync(context),
            _ => Task.CompletedTask,
        };
    }

    private void Count(HttpContext context, TimeSpan elapsed)
    {
        var method = context.Request.Method is "GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE" ? context.Request.Method : "other";
        var route = RouteOf(context);
        var series = _series.GetOrAdd((method, route, context.Response.StatusCode), Series);
        series.Requests.Inc();
        series.Duration.Observe(elapsed.TotalSeconds);
        logger.Answered(method, route, context.Response.StatusCode, elapsed.TotalMilliseconds);
    }

    private (Counter.Child Requests, Histogram.Child Duration) Series((string Method, string Route, int Status) key)
    {
        var status = key.Status.ToString(CultureInfo.InvariantCulture);
        return (metrics.HttpRequests.WithLabels(key.Method, key.Route, status), metrics.HttpDuration.WithLabels(key.Method, key.Route, status));
    }

    /// <summary>The pattern, never the path: labels stay few whatever clients ask for.</summary>
    private static string RouteOf(HttpContext context) =>
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "unmatched";
}
