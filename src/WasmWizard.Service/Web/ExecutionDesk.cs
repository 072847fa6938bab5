using System.Buffers;
using System.Globalization;
using WasmWizard.Service.Accounts;
using WasmWizard.Service.Data;
using WasmWizard.Service.Executions;
using WasmWizard.Service.Limits;
using WasmWizard.Service.Metrics;
using WasmWizard.Service.Modules;
using WasmWizard.Service.Settings;

namespace WasmWizard.Service.Web;

/// <summary>What uploaded and stored modules share on their way: whether the caller may execute now, the execution, its record, its answer.</summary>
internal sealed class ExecutionDesk(
    ServiceSettings settings, Executor executor, IRateLimiter limiter, FreezeSwitch freeze, UsageLog usage, ServiceMetrics metrics, TimeProvider clock)
{
    /// <summary>Asked before a body is read: null when the caller may go on. Counts towards the caller's limits.</summary>
    public async Task<Problem?> AskAsync(HttpContext context, Caller caller)
    {
        if (await freeze.ReadAsync(context.RequestAborted) is { } frozen)
            return Problem.Frozen(frozen.Reason);
        switch (await limiter.AskAsync(caller.LimitKey, RateWindow.Of(caller.Tier), context.RequestAborted))
        {
            case RateDecision.Admitted { Window: { } window } admitted:
                Tell(context, window, admitted.Remaining, admitted.Reset);
                return null;
            case RateDecision.Limited limited:
                metrics.RateLimitRejections.WithLabels(limited.Window.Name, caller.Tier.Name).Inc();
                Tell(context, limited.Window, 0, limited.RetryAfter);
                return Problem.Limited(limited.Window.Name, limited.Window.Limit, limited.RetryAfter);
            case RateDecision.Unknown:
                metrics.RateLimitRejections.WithLabels("unknown", caller.Tier.Name).Inc();
                return Problem.LimitsUnknown();
            default:
                return null;
        }
    }

    public Task<IResult> ExecuteAsync(HttpContext context, Caller caller, ModuleHash hash, ReadOnlySequence<byte> module, ReadOnlyMemory<byte> input) =>
        ExecuteAsync(context, caller, RequestOf(context, caller, hash, module, input), () => Task.FromResult<byte[]?>(null));

    /// <param name="fetch">Brings the bytes where the machine code is not at hand; null when they are gone.</param>
    public Task<IResult> ExecuteAsync(HttpContext context, Caller caller, ModuleHash hash, Func<Task<byte[]?>> fetch, ReadOnlyMemory<byte> input) =>
        ExecuteAsync(context, caller, RequestOf(context, caller, hash, null, input), fetch);

    private async Task<IResult> ExecuteAsync(HttpContext context, Caller caller, ExecutionRequest request, Func<Task<byte[]?>> fetch)
    {
        var reply = await executor.ExecuteAsync(request, context.RequestAborted);
        if (reply is ExecutionReply.Absent)
        {
            if (await fetch() is not { } bytes)
                return Problem.NoSuch("module").ToResult();
            reply = await executor.ExecuteAsync(request with { Module = new ReadOnlySequence<byte>(bytes) }, context.RequestAborted);
        }

        Record(caller, request, reply);
        return reply switch
        {
            ExecutionReply.Ran { Result.Outcome: GuestOutcome.Abandoned } or ExecutionReply.Abandoned => Results.StatusCode(StatusCodes.Status499ClientClosedRequest),
            ExecutionReply.Ran { Result: { Outcome: GuestOutcome.Completed } result, Rendered: { } raw } when WantsRaw(context.Request) => Raw(context, result, raw),
            ExecutionReply.Ran { Result.Outcome: var outcome, Rendered: { } rendered } => ExecutionAnswer.Of(outcome, rendered),
            ExecutionReply.Refused refused => Problem.Of(refused.Refusal).ToResult(),
            _ => Problem.Busy().ToResult(),
        };
    }

    /// <summary>stdout raw when the client prefers it and the guest succeeded, else JSON.</summary>
    private ExecutionRequest RequestOf(HttpContext context, Caller caller, ModuleHash hash, ReadOnlySequence<byte>? module, ReadOnlyMemory<byte> input) =>
        new(hash, module, input, LimitsOf(caller.Tier), caller.LimitKey, caller.Tier.Name)
        {
            Render = WantsRaw(context.Request) ? RenderRaw : ExecutionAnswer.Render,
        };

    private static PooledBytes RenderRaw(ExecutionResult result)
    {
        if (result.Outcome is not GuestOutcome.Completed)
            return ExecutionAnswer.Render(result);
        var rendered = new PooledBytes();
        rendered.Write(result.Output.Span);
        return rendered;
    }

    private ExecutionLimits LimitsOf(Tier tier) => settings.Limits with
    {
        WallTime = tier.WallTime < settings.MaxExecutionTime ? tier.WallTime : settings.MaxExecutionTime,
        MemoryBytes = Math.Min(tier.MemoryBytes, settings.MaxMemoryBytes),
    };

    private static void Tell(HttpContext context, RateWindow window, long remaining, TimeSpan reset)
    {
        var headers = context.Response.Headers;
        headers["RateLimit-Limit"] = window.Limit.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = remaining.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = Math.Ceiling(reset.TotalSeconds).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// stdout as it is. It is sent when the guest has ended (it is bounded by MAX_OUTPUT_SIZE), because the status has to tell whether
    /// the guest succeeded.
    /// </summary>
    private static PooledAnswer Raw(HttpContext context, ExecutionResult result, PooledBytes rendered)
    {
        context.Response.Headers["X-Execution-Duration-Ms"] = result.Duration.TotalMilliseconds.ToString("0.###", CultureInfo.InvariantCulture);
        context.Response.Headers["X-Execution-Memory-Peak-Bytes"] = result.MemoryPeakBytes.ToString(CultureInfo.InvariantCulture);
        return new PooledAnswer(StatusCodes.Status200OK, "application/octet-stream", rendered);
    }

    private static bool WantsRaw(HttpRequest request) =>
        request.Headers.Accept.Count > 0 && request.GetTypedHeaders().Accept.Any(a => a.MediaType.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase));

    private void Record(Caller caller, ExecutionRequest request, ExecutionReply reply)
    {
        if (reply is ExecutionReply.Ran { Result: { Outcome: not GuestOutcome.Abandoned } result })
        {
            usage.Add(Row(result.Outcome.Reason) with
            {
                ExitCode = result.Outcome.ExitCode,
                Duration = result.Duration,
                FuelUsed = result.FuelUsed,
                MemoryPeakBytes = result.MemoryPeakBytes,
                OutputBytes = result.OutputBytes,
            });
        }
        else if (reply is ExecutionReply.Refused)
        {
            usage.Add(Row("invalid"));
        }

        UsageRecord Row(string status) => new(
            clock.GetUtcNow(), caller.UserId, caller.KeyId, caller.Tier.Name, request.Hash.ToString(), status, null, TimeSpan.Zero, null, 0, request.Input.Length, 0);
    }
}
