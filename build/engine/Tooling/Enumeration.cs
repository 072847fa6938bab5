using System.ComponentModel;
using System.Globalization;
using System.Reflection;

namespace WasmWizard.BuildEngine.Tooling;

/// <summary>An enumeration whose values are text: derive and declare <c>public static Configuration Debug = new() { Value = nameof(Debug) };</c></summary>
public abstract class Enumeration : IComparable<Enumeration>
{
    /// <summary>The text of this value.</summary>
    protected internal string Value { get; set; } = "";

    /// <summary>By text.</summary>
    public static bool operator ==(Enumeration? left, Enumeration? right) => left is null ? right is null : left.Equals(right);

    /// <summary>By text.</summary>
    public static bool operator !=(Enumeration? left, Enumeration? right) => !(left == right);

    /// <summary>By text.</summary>
    public static bool operator <(Enumeration? left, Enumeration? right) => left is null ? right is not null : left.CompareTo(right) < 0;

    /// <summary>By text.</summary>
    public static bool operator >(Enumeration? left, Enumeration? right) => left is not null && left.CompareTo(right) > 0;

    /// <summary>By text.</summary>
    public static bool operator <=(Enumeration? left, Enumeration? right) => !(left > right);

    /// <summary>By text.</summary>
    public static bool operator >=(Enumeration? left, Enumeration? right) => !(left < right);

    /// <inheritdoc/>
    public int CompareTo(Enumeration? other) => string.CompareOrdinal(Value, other?.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Enumeration other && other.GetType() == GetType() && other.Value == Value;

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Value;

    internal static IReadOnlyList<Enumeration> ValuesOf(Type type) =>
    [
        .. type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => type.IsAssignableFrom(field.FieldType))
            .OrderBy(field => field.MetadataToken)
            .Select(field => (Enumeration)field.GetValue(null)!),
    ];
}

/// <summary>Converts text to a value of an enumeration, ignoring case.</summary>
public class TypeConverter<T> : TypeConverter
    where T : Enumeration
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

    /// <inheritdoc/>
    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        Enumeration.ValuesOf(typeof(T)).FirstOrDefault(candidate => string.Equals(candidate.Value, value as string, StringComparison.OrdinalIgnoreCase))
        ?? throw new FormatException($"'{value}' is none of {string.Join(", ", Enumeration.ValuesOf(typeof(T)))}.");

    /// <inheritdoc/>
    public override object? ConvertTo(ITypeDescriptorContext? context, CultureInfo? culture, object? value, Type destinationType) => value?.ToString();
}
