using System.Buffers;
using System.Text;
using Microsoft.Net.Http.Headers;
using WasmWizard.Service.Settings;

namespace WasmWizard.Service.Web;

/// <summary>The form in which modules come: bytes, stdin, and what an owner says about a module; or what is wrong with it.</summary>
internal abstract record ModuleForm : IDisposable
{
    private const int MaxParts = 16;
    private const int BoundaryLimit = 100;
    private const int MaxTextBytes = 4096;

    private ModuleForm()
    {
    }

    /// <summary>Valid until it is disposed of, as the <see cref="ReceivedBody"/> of which it is made.</summary>
    /// <param name="Wasm">Null when the form has no such part.</param>
    public sealed record Complete(
        ReceivedBody Body, ReadOnlySequence<byte>? Wasm, ReadOnlyMemory<byte> Input, string? Name, string? Description, string? IsPublic) : ModuleForm
    {
        public override void Dispose() => Body.Dispose();
    }

    public sealed record Faulty(Problem Problem) : ModuleForm
    {
        public override void Dispose()
        {
        }
    }

    public abstract void Dispose();

    /// <summary>Whether a request says that it brings a form, of this kind or of the other one; without the parser that the framework makes for it.</summary>
    public static bool IsIn(HttpRequest request) => request.ContentType is { } type
        && (type.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) || type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads the whole body, which the server bounds by what a module and an input may be. Nothing touches the disk.</summary>
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
            return Parse(await ReceivedBody.ReadAsync(context), boundary, settings);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return new Faulty(Problem.BodyTooBig());
        }
        catch (Exception exception) when (exception is BadHttpRequestException || (exception is IOException && !context.RequestAborted.IsCancellationRequested))
        {
            return new Faulty(Broken());
        }
    }

    private static ModuleForm Parse(ReceivedBody body, string boundary, ServiceSettings settings)
    {
        Problem problem;
        try
        {
            var parts = new Dictionary<string, ReadOnlySequence<byte>>(StringComparer.Ordinal);
            if (ProblemOf(MultipartBody.PartsOf(body.Bytes, boundary), parts, settings) is not { } wrong)
            {
                return new Complete(
                    body, parts.TryGetValue("wasm", out var wasm) ? wasm : null, parts.GetValueOrDefault("input").Together(),
                    TextOf("name"), TextOf("description"), TextOf("isPublic"));
            }

            problem = wrong;
            string? TextOf(string name) => parts.TryGetValue(name, out var text) ? Encoding.UTF8.GetString(text) : null;
        }
        catch (InvalidDataException)
        {
            problem = Broken();
        }

        body.Dispose();
        return new Faulty(problem);
    }

    private static Problem? ProblemOf(IEnumerable<FormPart> parts, Dictionary<string, ReadOnlySequence<byte>> named, ServiceSettings settings)
    {
        var count = 0;
        foreach (var part in parts)
        {
            if (count++ == MaxParts)
                return Problem.BadForm($"The form has more than {MaxParts} parts.");
            if (part.Name is not { } name || LimitOf(name, settings) is not { } limit)
                continue;
            if (part.Content.Length > limit)
                return Problem.TooBig(name, limit);
            if (!named.TryAdd(name, part.Content))
                return Problem.BadForm($"The form has \"{name}\" twice.");
        }

        return null;
    }

    private static Problem Broken() => Problem.BadForm("The multipart body is broken or ends too early.");

    /// <summary>Bytes that a part may have; null for parts that nobody asked for, which are passed over.</summary>
    private static int? LimitOf(string name, ServiceSettings settings) => name switch
    {
        "wasm" => settings.MaxWasmBytes,
        "input" => settings.MaxInputBytes,
        "name" or "description" or "isPublic" => MaxTextBytes,
        _ => null,
    };
}
