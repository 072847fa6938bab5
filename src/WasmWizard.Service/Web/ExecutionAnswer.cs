using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using WasmWizard.Service.Executions;

namespace WasmWizard.Service.Web;

/// <summary>
/// The body of 200 and 422: what the guest wrote and how it ended. 422 is an RFC 9457 problem at the same time. Written property by
/// property, as a serializer's look at what there is to write costs more than writing it.
/// </summary>
public static class ExecutionAnswer
{
    /// <summary>What a guest wrote becomes a JSON string in pieces, without a copy of the whole: six times as much when every byte is escaped.</summary>
    private const int PieceBytes = 8 * 1024;

    /// <summary>The body as it is sent.</summary>
    public static PooledBytes Render(ExecutionResult result)
    {
        var rendered = new PooledBytes();
        using var writer = new Utf8JsonWriter(rendered, Json.Writer);
        writer.WriteStartObject();
        Write(writer, result);
        writer.WriteEndObject();
        return rendered;
    }

    /// <summary>The answer with a body that was rendered before.</summary>
    public static IResult Of(GuestOutcome outcome, PooledBytes rendered) => outcome is GuestOutcome.Completed
        ? new PooledAnswer(StatusCodes.Status200OK, "application/json", rendered)
        : new PooledAnswer(StatusCodes.Status422UnprocessableEntity, "application/problem+json", rendered);

    /// <summary>type, title, status and reason are a failure's only; an exit code is null when the guest did not end by itself, fuel when it is not metered.</summary>
    private static void Write(Utf8JsonWriter writer, ExecutionResult result)
    {
        var outcome = result.Outcome;
        string? error = null;
        if (outcome is not GuestOutcome.Completed)
        {
            (var id, var title, error) = Describe(outcome);
            writer.WriteString("type"u8, $"urn:wasm-wizard:{id}");
            writer.WriteString("title"u8, title);
            writer.WriteNumber("status"u8, StatusCodes.Status422UnprocessableEntity);
        }

        WriteText(writer, "output"u8, "outputBase64"u8, result.Output.Span, cut: error is not null);
        WriteText(writer, "stderr"u8, "stderrBase64"u8, result.ErrorOutput.Span, cut: error is not null);
        writer.WriteString("error"u8, error);
        if (error is not null)
            writer.WriteString("reason"u8, outcome.Reason);
        WriteNumber(writer, "exitCode"u8, outcome.ExitCode);
        writer.WriteNumber("durationMs"u8, Math.Round(result.Duration.TotalMilliseconds, 3));
        WriteNumber(writer, "fuelUsed"u8, result.FuelUsed);
        writer.WriteNumber("memoryPeakBytes"u8, result.MemoryPeakBytes);
    }

    /// <summary>
    /// Text when it is UTF-8, else null and base64. A guest that was stopped may have been cut inside a character: the incomplete end is left out
    /// rather than turning all to base64.
    /// </summary>
    private static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ReadOnlySpan<byte> nameOfBase64, ReadOnlySpan<byte> bytes, bool cut)
    {
        if (cut && Rune.DecodeLastFromUtf8(bytes, out _, out var last) == OperationStatus.NeedMoreData)
            bytes = bytes[..^last];
        if (!Utf8.IsValid(bytes))
        {
            writer.WriteNull(name);
            writer.WriteBase64String(nameOfBase64, bytes);
            return;
        }

        if (bytes.Length <= PieceBytes)
        {
            writer.WriteString(name, bytes);
            return;
        }

        writer.WritePropertyName(name);
        for (; bytes.Length > PieceBytes; bytes = bytes[PieceBytes..])
            writer.WriteStringValueSegment(bytes[..PieceBytes], isFinalSegment: false);
        writer.WriteStringValueSegment(bytes, isFinalSegment: true);
    }

    private static void WriteNumber(Utf8JsonWriter writer, ReadOnlySpan<byte> name, long? number)
    {
        if (number is { } known)
            writer.WriteNumber(name, known);
        else
            writer.WriteNull(name);
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
