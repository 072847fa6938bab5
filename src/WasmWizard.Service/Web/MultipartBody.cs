using System.Buffers;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace WasmWizard.Service.Web;

/// <summary>The parts of a whole multipart/form-data body (RFC 7578, RFC 2046 section 5.1), in order, as slices of it: nothing is copied.</summary>
internal static class MultipartBody
{
    private const int MaxHeaderBytes = 16 * 1024;

    /// <exception cref="InvalidDataException">The body is no such form, or has no end; thrown when the enumeration comes to it.</exception>
    public static IEnumerable<FormPart> PartsOf(ReadOnlySequence<byte> body, string boundary)
    {
        var delimiter = Encoding.UTF8.GetBytes($"\r\n--{boundary}");
        var rest = AfterFirst(body, delimiter);
        while (!StartsWith(rest, "--"u8))
        {
            rest = AfterLine(rest);
            var end = Place(rest, "\r\n\r\n"u8);
            var name = NameIn(rest.Slice(0, end));
            rest = rest.Slice(end + "\r\n\r\n".Length);
            end = Place(rest, delimiter);
            yield return new FormPart(name, rest.Slice(0, end));
            rest = rest.Slice(end + delimiter.Length);
        }
    }

    /// <summary>What follows the first delimiter, before which may stand something for readers that know no forms. A body need not begin with its line break.</summary>
    private static ReadOnlySequence<byte> AfterFirst(ReadOnlySequence<byte> body, ReadOnlySpan<byte> delimiter)
    {
        var first = delimiter["\r\n".Length..];
        return StartsWith(body, first) ? body.Slice(first.Length) : body.Slice(Place(body, delimiter) + delimiter.Length);
    }

    /// <summary>Blanks may follow a delimiter. The line break stays: with no headers it is the first of the two that end them.</summary>
    private static ReadOnlySequence<byte> AfterLine(ReadOnlySequence<byte> rest)
    {
        var reader = new SequenceReader<byte>(rest);
        reader.AdvancePastAny((byte)' ', (byte)'\t');
        return StartsWith(reader.UnreadSequence, "\r\n"u8) ? reader.UnreadSequence : throw Broken();
    }

    private static string? NameIn(ReadOnlySequence<byte> headers)
    {
        if (headers.Length > MaxHeaderBytes)
            throw Broken();
        string? disposition = null;
        foreach (var line in Encoding.UTF8.GetString(headers).Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
                throw Broken();
            if (!line.AsSpan(0, colon).Equals(HeaderNames.ContentDisposition, StringComparison.OrdinalIgnoreCase))
                continue;
            if (disposition is not null)
                throw Broken();
            disposition = line[(colon + 1)..];
        }

        return ContentDispositionHeaderValue.TryParse(disposition, out var parsed) ? HeaderUtilities.RemoveQuotes(parsed.Name).Value : null;
    }

    private static bool StartsWith(ReadOnlySequence<byte> sequence, ReadOnlySpan<byte> value) => new SequenceReader<byte>(sequence).IsNext(value);

    private static long Place(ReadOnlySequence<byte> sequence, ReadOnlySpan<byte> value) => sequence.IndexOf(value) is >= 0 and var place ? place : throw Broken();

    private static InvalidDataException Broken() => new("The form is broken or has no end.");
}
