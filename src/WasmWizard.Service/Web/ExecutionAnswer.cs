using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using WasmWizard.Service.Executions;

namespace WasmWizard.Service.Web;

/// <summary>The body of 200 and 422: what the guest wrote and how it ended. 422 is an RFC 9457 problem at the same time.</summary>
public sealed record ExecutionAnswer
{
    /// <summary>Null on success.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Type { get; private init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Title { get; private init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Status { get; private init; }

    /// <summary>stdout; null when it is not UTF-8.</summary>
    public GuestText? Output { get; private init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReadOnlyMemory<byte>? OutputBase64 { get; private init; }

    public GuestText? Stderr { get; private init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReadOnlyMemory<byte>? StderrBase64 { get; private init; }

    /// <summary>Null on success.</summary>
    public string? Error { get; private init; }

    /// <summary>exit, trap, timeout, memory, fuel or output; absent on success.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; private init; }

    /// <summary>Null when the guest did not end by itself.</summary>
    public int? ExitCode { get; private init; }

    public double DurationMs { get; private init; }

    /// <summary>Null when fuel is not metered (FUEL_LIMIT=0).</summary>
    public long? FuelUsed { get; private init; }

    public long MemoryPeakBytes { get; private init; }

    /// <summary>The body as it is sent.</summary>
    public static PooledBytes Render(ExecutionResult result)
    {
        var rendered = new PooledBytes();
        using var writer = new Utf8JsonWriter(rendered, Json.Writer);
        JsonSerializer.Serialize(writer, Of(result), Json.Options);
        return rendered;
    }

    /// <summary>The answer with a body that was rendered before.</summary>
    public static IResult Of(GuestOutcome outcome, PooledBytes rendered) => outcome is GuestOutcome.Completed
        ? new PooledAnswer(StatusCodes.Status200OK, "application/json", rendered)
        : new PooledAnswer(StatusCodes.Status422UnprocessableEntity, "application/problem+json", rendered);

    public static ExecutionAnswer Of(ExecutionResult result)
    {
        var succeeded = result.Outcome is GuestOutcome.Completed;
        var (output, outputBase64) = Text(result.Output, cut: !succeeded);
        var (stderr, stderrBase64) = Text(result.ErrorOutput, cut: !succeeded);
        var answer = new ExecutionAnswer
        {
            Output = output,
            OutputBase64 = outputBase64,
            Stderr = stderr,
            StderrBase64 = stderrBase64,
            ExitCode = result.Outcome.ExitCode,
            DurationMs = Math.Round(result.Duration.TotalMilliseconds, 3),
            FuelUsed = result.FuelUsed,
            MemoryPeakBytes = result.MemoryPeakBytes,
        };
        if (succeeded)
            return answer;
        var (id, title, error) = Describe(result.Outcome);
        return answer with
        {
            Type = $"urn:wasm-wizard:{id}",
            Title = title,
            Status = StatusCodes.Status422UnprocessableEntity,
            Error = error,
            Reason = result.Outcome.Reason,
        };
    }

    /// <summary>A guest that was stopped may have been cut inside a character: the incomplete end is left out rather than turning all to base64.</summary>
    private static (GuestText? Text, ReadOnlyMemory<byte>? Base64) Text(ReadOnlyMemory<byte> bytes, bool cut)
    {
        if (cut && Rune.DecodeLastFromUtf8(bytes.Span, out _, out var last) == System.Buffers.OperationStatus.NeedMoreData)
            bytes = bytes[..^last];
        return Utf8.IsValid(bytes.Span) ? (new GuestText(bytes), null) : (null, bytes);
    }

    private static (string Id, string Title, string Error) Describe(GuestOutcome outcome) => outcome switch
    {
        GuestOutcome.Exited exited => ("WW5001", "The module failed", Say($"The module ended with exit code {exited.Code}.")),
        GuestOutcome.Trapped trapped => ("WW5002", "The module trapped", $"The module trapped: {trapped.Description}."),
        GuestOutcome.TimedOut timeout => ("WW5003", "The module took too long", Say($"The module was stopped after {timeout.Limit.TotalSeconds} s, its limit.")),
        GuestOutcome.OutOfMemory memory => ("WW5004", "The module ran out of memory", Say($"The module failed near its memory limit of {memory.LimitBytes} bytes.")),
        GuestOutcome.OutOfFuel fuel => ("WW5005", "The module ran out of fuel", Say($"The module used all of its {fuel.Limit} units of fuel.")),
        GuestOutcome.TooMuchOutput output => ("WW5006", "The module wrote too much", Say($"The module wrote more than {output.LimitBytes} bytes to {output.Stream}, its limit.")),
        _ => throw new System.Diagnostics.UnreachableException($"{outcome} is not answered."),
    };

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
