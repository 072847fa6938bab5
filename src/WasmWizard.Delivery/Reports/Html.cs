using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace WasmWizard.Delivery.Reports;

/// <summary>Markup. Made of literals and of values, and values are escaped unless they are markup themselves: nothing that a gate observed can become a tag.</summary>
public readonly record struct Html
{
    private readonly string? _markup;

    private Html(string markup) => _markup = markup;

    public static Html Of(HtmlFormat format) => new(format.ToString());

    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts));

    public override string ToString() => _markup ?? "";
}

/// <summary>Escapes the values of an interpolated string; numbers are written as invariant text.</summary>
[InterpolatedStringHandler]
public readonly struct HtmlFormat
{
    private readonly StringBuilder _text;

    public HtmlFormat(int literalLength, int formattedCount) => _text = new(literalLength + formattedCount * 16);

    public void AppendLiteral(string markup) => _text.Append(markup);

    public void AppendFormatted(Html markup) => _text.Append(markup.ToString());

    public void AppendFormatted<T>(T value) => AppendFormatted(value, null);

    public void AppendFormatted<T>(T value, string? format) =>
        _text.Append(WebUtility.HtmlEncode(value is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : value?.ToString()));

    public override string ToString() => _text.ToString();
}
