using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using WasmWizard.BuildEngine.IO;

namespace WasmWizard.BuildEngine.Tooling;

/// <summary>
/// An argument line written as an interpolated string. Values are quoted when they need it; <c>:r</c> hides the value in everything that is printed,
/// <c>:nq</c> leaves it as it is; a sequence becomes one argument per member. A line that consists of a single value is taken for a whole line.
/// </summary>
[InterpolatedStringHandler]
public sealed class ArgumentStringHandler
{
    private readonly StringBuilder _text;
    private readonly List<string> _secrets = [];

    /// <summary>Called by the compiler.</summary>
    public ArgumentStringHandler(int literalLength, int formattedCount) => _text = new StringBuilder(literalLength + (formattedCount * 16));

    /// <summary>A line as it is.</summary>
    public static implicit operator ArgumentStringHandler(string? value)
    {
        var handler = new ArgumentStringHandler(value?.Length ?? 0, 0);
        handler.AppendLiteral(value ?? "");
        return handler;
    }

    /// <summary>Values that were marked with <c>:r</c>.</summary>
    public IReadOnlyList<string> Secrets => _secrets;

    /// <summary>Called by the compiler.</summary>
    public void AppendLiteral(string value) => _text.Append(value);

    /// <summary>Called by the compiler.</summary>
    public void AppendFormatted<T>(T value, string? format = null)
    {
        if (value is IEnumerable values and not string)
            _text.AppendJoin(' ', values.Cast<object?>().Select(item => Format(item, format)));
        else
            _text.Append(Format(value, format));
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = _text.ToString();
        var isOneQuotedWord = text.Length > 1 && text[0] == '"' && text[^1] == '"' && text.IndexOf('"', 1) == text.Length - 1;
        return isOneQuotedWord ? text[1..^1] : text;
    }

    private string Format(object? value, string? format)
    {
        var text = value switch
        {
            AbsolutePath path => path.ToString(),
            IAbsolutePathHolder holder => holder.Path.ToString(),
            IFormattable formattable when format is not (null or "r" or "nq") => formattable.ToString(format, CultureInfo.InvariantCulture),
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            _ => value?.ToString() ?? "",
        };
        if (format == "r")
            _secrets.Add(text);
        return format == "nq" ? text : Quote(text);
    }

    /// <summary>Quotes a word for an argument line when it has blanks or quotes.</summary>
    internal static string Quote(string word)
    {
        if (word.Length > 0 && !word.Any(letter => char.IsWhiteSpace(letter) || letter == '"'))
            return word;
        return word.StartsWith('"') && word.EndsWith('"') && word.Length > 1 ? word : $"\"{word.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }
}
