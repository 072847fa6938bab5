using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using WasmWizard.Service.Settings;

namespace WasmWizard.Service.Web;

/// <summary>The form in which modules come: bytes, stdin, and what an owner says about a module; or what is wrong with it.</summary>
internal abstract record ModuleForm
{
    private const int MaxParts = 16;
    private const int BoundaryLimit = 100;
    private const int MaxTextBytes = 4096;

    /// <summary>Rented by the reader for the time of a form; the framework's own 4 KiB take a module of 100 KB in 25 pieces.</summary>
    private const int ReaderBuffer = 64 * 1024;

    private ModuleForm()
    {
    }

    /// <param name="Wasm">Null when the form has no such part.</param>
    public sealed record Complete(ReadOnlyMemory<byte>? Wasm, ReadOnlyMemory<byte> Input, string? Name, string? Description, string? IsPublic) : ModuleForm;

    public sealed record Faulty(Problem Problem) : ModuleForm;

    /// <summary>
    /// Reads part by part and stops at the first byte too many: nothing is buffered beyond what a module and an input may be,
    /// and nothing touches the disk.
    /// </summary>
    public static async Task<ModuleForm> ReadAsync(HttpContext context, ServiceSettings settings)
    {
        var request = context.Request;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return new Faulty(Problem.NotAForm());
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > BoundaryLimit)
            return new Faulty(Problem.BadForm("The content type has no usable boundary."));
        try
        {
            return await ReadAsync(context, new MultipartReader(boundary, request.Body, ReaderBuffer), settings);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return new Faulty(Problem.BodyTooBig());
        }
        catch (Exception exception) when (exception is BadHttpRequestException or InvalidDataException
            || (exception is IOException && !context.RequestAborted.IsCancellationRequested))
        {
            return new Faulty(Problem.BadForm("The multipart body is broken or ends too early."));
        }
    }

    private static async Task<ModuleForm> ReadAsync(HttpContext context, MultipartReader reader, ServiceSettings settings)
    {
        var bodies = new Dictionary<string, BoundedBody>(StringComparer.Ordinal);
        for (var parts = 0; await reader.ReadNextSectionAsync(context.RequestAborted) is { } section; parts++)
        {
            if (parts == MaxParts)
                return new Faulty(Problem.BadForm($"The form has more than {MaxParts} parts."));
            var name = ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
                ? HeaderUtilities.RemoveQuotes(disposition.Name).Value
                : null;
            if (name is null || LimitOf(name, settings) is not { } limit)
                continue;
            var body = await BoundedBody.ReadAsync(context, section.Body, limit);
            if (body.Overflowed)
                return new Faulty(Problem.TooBig(name, limit));
            if (!bodies.TryAdd(name, body))
                return new Faulty(Problem.BadForm($"The form has \"{name}\" twice."));
        }

        return new Complete(
            bodies.TryGetValue("wasm", out var wasm) ? wasm.Bytes : (ReadOnlyMemory<byte>?)null,
            bodies.TryGetValue("input", out var input) ? input.Bytes : default,
            TextOf("name"), TextOf("description"), TextOf("isPublic"));

        string? TextOf(string name) => bodies.TryGetValue(name, out var body) ? Encoding.UTF8.GetString(body.Bytes.Span) : null;
    }

    /// <summary>Bytes that a part may have; null for parts that nobody asked for, which are passed over.</summary>
    private static int? LimitOf(string name, ServiceSettings settings) => name switch
    {
        "wasm" => settings.MaxWasmBytes,
        "input" => settings.MaxInputBytes,
        "name" or "description" or "isPublic" => MaxTextBytes,
        _ => null,
    };
}
