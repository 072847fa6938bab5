namespace WasmWizard.BuildEngine.Utilities;

/// <summary>Small changes of text.</summary>
public static class StringExtensions
{
    /// <summary>One line, divided by comma and blank.</summary>
    public static string JoinCommaSpace(this IEnumerable<string> values) => string.Join(", ", values);

    /// <summary>One line, divided by commas.</summary>
    public static string JoinComma(this IEnumerable<string> values) => string.Join(",", values);

    /// <summary>One line, divided by blanks.</summary>
    public static string JoinSpace(this IEnumerable<string> values) => string.Join(" ", values);

    /// <summary>Lines, divided by the system's line break.</summary>
    public static string JoinNewLine(this IEnumerable<string> values) => string.Join(System.Environment.NewLine, values);

    /// <summary>Lines without their breaks.</summary>
    public static string[] SplitLineBreaks(this string text) => text.ReplaceLineEndings("\n").Split('\n');

    /// <summary>In double quotes.</summary>
    public static string DoubleQuote(this string text) => $"\"{text}\"";

    /// <summary>In single quotes.</summary>
    public static string SingleQuote(this string text) => $"'{text}'";

    /// <summary>Whether it is null or empty.</summary>
    public static bool IsNullOrEmpty(this string? text) => string.IsNullOrEmpty(text);

    /// <summary>Whether it is null or blank.</summary>
    public static bool IsNullOrWhiteSpace(this string? text) => string.IsNullOrWhiteSpace(text);
}
