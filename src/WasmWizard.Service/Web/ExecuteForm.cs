using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using WasmWizard.Service.Settings;

namespace WasmWizard.Service.Web;

/// <summary>The form of POST /api/execute, or what is wrong with it.</summary>
internal abstract record ExecuteForm
{
    private const int MaxParts = 16;
    private const int BoundaryLimit = 100;

    private ExecuteForm()
    {
    }

    public sealed record Complete(ReadOnlyMemory<byte> Wasm, ReadOnlyMemory<byte> Input) : ExecuteForm;

    public sealed record Faulty(Problem Problem) : ExecuteForm;

    /// <summary>
    /// Reads part by part and stops at the first byte too many: nothing is buffered beyond what a module and an input may be,
    /// and nothing touches the disk.
    /// </summary>
    public static async Task<ExecuteForm> ReadAsync(HttpRequest request, ServiceSettings settings)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return new Faulty(Problem.NotAForm());
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > BoundaryLimit)
            return new Faulty(Problem.BadForm("The content type has no usable boundary."));
        try
        {
            return await ReadAsync(new MultipartReader(boundary, request.Body), settings, request.HttpContext.RequestAborted);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return new Faulty(Problem.BodyTooBig());
        }
        catch (Exception exception) when (exception is BadHttpRequestException or InvalidDataException
            || (exception is IOException && !request.HttpContext.RequestAborted.IsCancellationRequested))
        {
            return new Faulty(Problem.BadForm("The multipart body is broken or ends too early."));
        }
    }

    private static async Task<ExecuteForm> ReadAsync(MultipartReader reader, ServiceSettings settings, CancellationToken cancellation)
    {
        BoundedBody? wasm = null;
        BoundedBody? input = null;
        for (var parts = 0; await reader.ReadNextSectionAsync(cancellation) is { } section; parts++)
        {
            if (parts == MaxParts)
                return new Faulty(Problem.BadForm($"The form has more than {MaxParts} parts."));
            var name = ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
                ? HeaderUtilities.RemoveQuotes(disposition.Name).Value
                : null;
            if (name is not ("wasm" or "input"))
                continue;
            if ((name == "wasm" ? wasm : input) is not null)
                return new Faulty(Problem.BadForm($"The form has \"{name}\" twice."));
            var limit = name == "wasm" ? settings.MaxWasmBytes : settings.MaxInputBytes;
            var body = await BoundedBody.ReadAsync(section.Body, limit, cancellation);
            if (body.Overflowed)
                return new Faulty(Problem.TooBig(name, limit));
            if (name == "wasm")
                wasm = body;
            else
                input = body;
        }

        return wasm is null
            ? new Faulty(Problem.BadForm("The form has no file \"wasm\"."))
            : new Complete(wasm.Bytes, input?.Bytes ?? default);
    }
}
