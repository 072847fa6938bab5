using System.Globalization;
using System.Text.Json;

namespace WasmWizard.Service.Web;

/// <summary>Reads JSON bodies and query values, or says what is wrong with them.</summary>
internal static class Bodies
{
    /// <summary>Far above what any body of these routes needs.</summary>
    private const int MaxJsonBytes = 64 * 1024;

    /// <summary>The body, or the problem with it. An absent body is an empty object.</summary>
    public static async Task<(T? Body, Problem? Problem)> ReadJsonAsync<T>(HttpContext context) where T : class, new()
    {
        using var body = await ReceivedBody.ReadAsync(context, MaxJsonBytes);
        if (body.Overflowed)
            return (null, Problem.TooBig("body", MaxJsonBytes));
        if (body.Bytes.IsEmpty)
            return (new T(), null);
        try
        {
            return JsonSerializer.Deserialize<T>(body.Bytes.Together().Span, Json.Options) is { } read ? (read, null) : (null, Problem.BadJson("null is no object; an object is required."));
        }
        catch (JsonException exception)
        {
            return (null, Problem.BadJson($"The body is not the JSON that is required here (at {exception.Path ?? "$"}, line {Line(exception)})."));
        }
    }

    public static int? Number(HttpRequest request, string name, int otherwise, int minimum, int maximum)
    {
        var text = request.Query[name].ToString();
        if (text.Length == 0)
            return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum ? number : null;
    }

    /// <summary>A time such as 2026-01-31 or 2026-01-31T12:00:00Z, UTC unless it says otherwise.</summary>
    public static DateTimeOffset? Time(HttpRequest request, string name, DateTimeOffset otherwise)
    {
        var text = request.Query[name].ToString();
        if (text.Length == 0)
            return otherwise;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
    }

    private static long Line(JsonException exception) => (exception.LineNumber ?? 0) + 1;
}
