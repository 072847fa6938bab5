using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using WasmWizard.BuildEngine.IO;
using WasmWizard.BuildEngine.Tooling;

namespace WasmWizard.BuildEngine;

/// <summary>Makes typed values of words and JSON. Refusals say what would have been accepted, never what was given: it may be a secret.</summary>
internal static class ValueConverter
{
    /// <summary>A word that cannot become the wanted type.</summary>
    public sealed class RefusedException(string accepted) : Exception(accepted);

    /// <summary>The element type of a list parameter; null for single values (text is one).</summary>
    public static Type? ElementTypeOf(Type type)
    {
        if (type.IsValueType || type == typeof(string) || type == typeof(AbsolutePath))
            return null;
        if (type.IsArray)
            return type.GetElementType();
        return type.IsGenericType && type.IsAssignableFrom(typeof(List<>).MakeGenericType(type.GenericTypeArguments[0])) ? type.GenericTypeArguments[0] : null;
    }

    public static object FromWords(IReadOnlyList<string> words, Type type, string baseDirectory)
    {
        if (ElementTypeOf(type) is not { } elementType)
            return FromWord(words[0], type, baseDirectory);

        var values = Array.CreateInstance(elementType, words.Count);
        for (var index = 0; index < words.Count; index++)
            values.SetValue(FromWord(words[index], elementType, baseDirectory), index);
        return ToCollection(values, type);
    }

    public static object? FromJson(JsonElement element, Type type, string baseDirectory)
    {
        if (element.ValueKind == JsonValueKind.Null)
            return null;
        if (ElementTypeOf(type) is { } elementType && element.ValueKind == JsonValueKind.Array)
        {
            var items = element.EnumerateArray().Select(item => FromJson(item, elementType, baseDirectory)).ToArray();
            var values = Array.CreateInstance(elementType, items.Length);
            items.CopyTo(values, 0);
            return ToCollection(values, type);
        }

        return element.ValueKind switch
        {
            JsonValueKind.String => FromWords([element.GetString()!], type, baseDirectory),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => FromWords([element.GetRawText()], type, baseDirectory),
            _ => FromJsonObject(element, type),
        };
    }

    /// <summary>The values an enumeration accepts, or null for open types.</summary>
    public static IReadOnlyList<string>? ChoicesOf(Type type)
    {
        var single = ElementTypeOf(type) ?? type;
        single = Nullable.GetUnderlyingType(single) ?? single;
        if (single.IsEnum)
            return Enum.GetNames(single);
        return typeof(Enumeration).IsAssignableFrom(single) ? [.. Enumeration.ValuesOf(single).Select(value => value.ToString())] : null;
    }

    private static object FromWord(string word, Type type, string baseDirectory)
    {
        var wanted = Nullable.GetUnderlyingType(type) ?? type;
        if (wanted == typeof(string) || wanted == typeof(object))
            return word;
        if (wanted == typeof(bool))
            return bool.TryParse(word, out var truth) ? truth : throw new RefusedException("true or false");
        if (wanted == typeof(AbsolutePath))
            return AbsolutePath.Create(Path.GetFullPath(word, baseDirectory));
        if (wanted.IsEnum)
            return ChoiceOf(Enum.GetValues(wanted).Cast<object>(), word);
        if (typeof(Enumeration).IsAssignableFrom(wanted))
            return ChoiceOf(Enumeration.ValuesOf(wanted), word);
        return FromText(word, wanted);
    }

    private static object FromText(string word, Type type)
    {
        try
        {
            var converter = TypeDescriptor.GetConverter(type);
            return converter.CanConvertFrom(typeof(string))
                ? converter.ConvertFromString(null, CultureInfo.InvariantCulture, word)!
                : JsonSerializer.Deserialize(word, type)!;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or NotSupportedException or JsonException or OverflowException)
        {
            throw new RefusedException(Describe(type));
        }
    }

    private static object? FromJsonObject(JsonElement element, Type type)
    {
        try
        {
            return element.Deserialize(type);
        }
        catch (JsonException)
        {
            throw new RefusedException($"JSON of the shape of {type.Name}");
        }
    }

    private static object ChoiceOf(IEnumerable<object> values, string word)
    {
        var all = values.ToList();
        return all.FirstOrDefault(value => string.Equals(value.ToString(), word, StringComparison.OrdinalIgnoreCase))
            ?? throw new RefusedException($"one of {string.Join(", ", all)}");
    }

    private static object ToCollection(Array values, Type type) =>
        type.IsArray || type.IsInstanceOfType(values) ? values : Activator.CreateInstance(type, values)!;

    private static string Describe(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Int32 or TypeCode.Int64 or TypeCode.Int16 or TypeCode.Byte or TypeCode.UInt32 or TypeCode.UInt64 => "a whole number",
        TypeCode.Double or TypeCode.Single or TypeCode.Decimal => "a number",
        TypeCode.DateTime => "a date",
        _ when type == typeof(TimeSpan) => "a duration such as 00:10:00",
        _ when typeof(IEnumerable).IsAssignableFrom(type) => "a JSON list",
        _ => $"a value of type {type.Name}",
    };
}
