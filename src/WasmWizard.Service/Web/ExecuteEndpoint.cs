using System.Globalization;
using WasmWizard.Service.Data;
using WasmWizard.Service.Executions;
using WasmWizard.Service.Metrics;
using WasmWizard.Service.Modules;
using WasmWizard.Service.Settings;

namespace WasmWizard.Service.Web;

/// <summary>POST /api/execute.</summary>
internal sealed class ExecuteEndpoint(ServiceSettings settings, Executor executor, UsageLog usage, TimeProvider clock)
{
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        var form = await ExecuteForm.ReadAsync(context.Request, settings);
        if (form is ExecuteForm.Faulty faulty)
            return faulty.Problem.ToResult();
        var complete = (ExecuteForm.Complete)form;
        var request = new ExecutionRequest(new ModuleSource.Sent(complete.Wasm), complete.Input, settings.Limits)
        {
            Caller = context.Connection.RemoteIpAddress?.ToString() ?? "",
        };
        var reply = await executor.ExecuteAsync(request, context.RequestAborted);
        Record(request, reply);
        return reply switch
        {
            ExecutionReply.Ran { Result.Outcome: GuestOutcome.Abandoned } or ExecutionReply.Abandoned => Results.StatusCode(StatusCodes.Status499ClientClosedRequest),
            ExecutionReply.Ran ran => Answer(context, ran.Result),
            ExecutionReply.Refused refused => Problem.Of(refused.Refusal).ToResult(),
            _ => Problem.Busy().ToResult(),
        };
    }

    /// <summary>
    /// stdout raw when the client prefers it and the guest succeeded. It is sent when the guest has ended (it is bounded by
    /// MAX_OUTPUT_SIZE), because the status has to tell whether the guest succeeded.
    /// </summary>
    private static IResult Answer(HttpContext context, ExecutionResult result)
    {
        var succeeded = result.Outcome is GuestOutcome.Completed;
        if (succeeded && WantsRaw(context.Request))
        {
            context.Response.Headers["X-Execution-Duration-Ms"] = result.Duration.TotalMilliseconds.ToString("0.###", CultureInfo.InvariantCulture);
            context.Response.Headers["X-Execution-Memory-Peak-Bytes"] = result.MemoryPeakBytes.ToString(CultureInfo.InvariantCulture);
            return Results.Bytes(result.Output, "application/octet-stream");
        }

        return Results.Json(ExecutionAnswer.Of(result), Json.Options,
            succeeded ? "application/json" : "application/problem+json",
            succeeded ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static bool WantsRaw(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(a => a.MediaType.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase));

    private void Record(ExecutionRequest request, ExecutionReply reply)
    {
        if (reply is ExecutionReply.Ran { Result: { Outcome: not GuestOutcome.Abandoned } result })
        {
            usage.Add(new UsageRecord(clock.GetUtcNow(), ServiceMetrics.AnonymousTier, request.Module.Hash.ToString(), result.Outcome.Reason,
                result.Outcome.ExitCode, result.Duration, result.FuelUsed, result.MemoryPeakBytes, request.Input.Length, result.Output.Length));
        }
        else if (reply is ExecutionReply.Refused)
        {
            usage.Add(new UsageRecord(clock.GetUtcNow(), ServiceMetrics.AnonymousTier, request.Module.Hash.ToString(), "invalid",
                null, TimeSpan.Zero, null, 0, request.Input.Length, 0));
        }
    }
}
