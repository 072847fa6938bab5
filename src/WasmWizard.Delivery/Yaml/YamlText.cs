using System.Buffers;
using System.Globalization;
using System.Text;

namespace WasmWizard.Delivery.Yaml;

/// <summary>How one string is spelled so that every YAML reader takes it for exactly that string.</summary>
internal static class YamlText
{
    private static readonly SearchValues<char> FirstRefused = SearchValues.Create("-?:,[]{}#&*!|>'\"%@`+=~<");
    private static readonly SearchValues<char> FlowRefused = SearchValues.Create(",[]{}");

    // What YAML 1.1 or 1.2 readers take for something else than text.
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "true", "false", "yes", "no", "on", "off", "y", "n", "null", ".inf", ".nan",
    };

    /// <summary>On one line: plain where that is unambiguous, otherwise in single or, with control characters, double quotes.</summary>
    public static string OneLine(string text, bool inFlow) =>
        !IsPrintable(text) ? DoubleQuoted(text) : IsPlain(text, inFlow) ? text : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>Whether the text may be written as a literal block: several printable lines, one newline or none at the end.</summary>
    public static bool FitsLiteral(string text)
    {
        var lines = text.Split('\n');
        return lines.Length > 1 && lines[0].Length > 0 && lines[0][0] != ' ' && lines.All(IsPrintable)
            && (lines[^1].Length > 0 || lines[^2].Length > 0) && lines.All(line => line.Length == 0 || line.Trim().Length > 0);
    }

    private static bool IsPlain(string text, bool inFlow)
    {
        if (text.Length == 0 || char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]) || FirstRefused.Contains(text[0]))
            return false;
        if (char.IsAsciiDigit(text[0]) || (text[0] == '.' && text.Length > 1 && char.IsAsciiDigit(text[1])) || Words.Contains(text))
            return false;
        if (text[^1] == ':' || text.Contains(": ", StringComparison.Ordinal) || text.Contains(" #", StringComparison.Ordinal))
            return false;
        if (text is "---" or "..." || text.StartsWith("... ", StringComparison.Ordinal))
            return false;
        return !inFlow || text.AsSpan().IndexOfAny(FlowRefused) < 0;
    }

    private static bool IsPrintable(string text) => text.All(c => c is >= ' ' and <= '~' or (>= '\u00A1' and < '\u2000'));

    private static string DoubleQuoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                >= ' ' and <= '~' => quoted.Append(c),
                _ => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
            };
        }
        return quoted.Append('"').ToString();
    }
}
