using System.Diagnostics;

namespace WasmWizard.Service.Web;

/// <summary>
/// The trace under which a request's lines stand in the log. Begun only when there is something to log: the framework would begin one for
/// every request, which costs more than the look-up of its key.
/// </summary>
internal static class RequestTrace
{
    /// <summary>The trace that the caller names by <c>traceparent</c> (W3C Trace Context), else a new one; null when the request has one already.</summary>
    public static Activity? Begin(HttpContext context)
    {
        if (Activity.Current is not null)
            return null;
        var activity = new Activity("request");
        if (ActivityContext.TryParse(context.Request.Headers.TraceParent, context.Request.Headers.TraceState, isRemote: true, out var caller))
            activity.SetParentId(caller.TraceId, caller.SpanId, caller.TraceFlags);
        return activity.Start();
    }
}
