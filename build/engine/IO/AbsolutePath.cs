using System.ComponentModel;
using System.Globalization;

namespace WasmWizard.BuildEngine.IO;

/// <summary>Something that lies at a path, and can be used where one is wanted.</summary>
public interface IAbsolutePathHolder
{
    /// <summary>Where it lies.</summary>
    AbsolutePath Path { get; }
}

/// <summary>
/// A rooted path without <c>.</c>, <c>..</c> and a trailing separator. Nothing needs to exist there.
/// <c>root / "src" / name</c> descends, <c>path / ..</c> ascends, <c>path + ".bak"</c> lengthens the last name.
/// </summary>
[TypeConverter(typeof(AbsolutePathTypeConverter))]
public sealed class AbsolutePath : IFormattable, IEquatable<AbsolutePath>
{
    private static readonly StringComparison s_comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private readonly string _path;

    private AbsolutePath(string path) => _path = path;

    /// <summary>The last part.</summary>
    public string Name => System.IO.Path.GetFileName(_path);

    /// <summary>The last part without its extension.</summary>
    public string NameWithoutExtension => System.IO.Path.GetFileNameWithoutExtension(_path);

    /// <summary>The extension with its dot, or empty.</summary>
    public string Extension => System.IO.Path.GetExtension(_path);

    /// <summary>One step up; null at the root of a file system.</summary>
    public AbsolutePath? Parent => System.IO.Path.GetDirectoryName(_path) is { Length: > 0 } parent ? new AbsolutePath(parent) : null;

    /// <summary>Makes a path of rooted text.</summary>
    /// <exception cref="ArgumentException">The text is not rooted.</exception>
    public static AbsolutePath Create(string path)
    {
        if (!System.IO.Path.IsPathFullyQualified(path))
            throw new ArgumentException($"'{path}' is not rooted. Begin with RootDirectory / \"...\".", nameof(path));
        return new AbsolutePath(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path)));
    }

    /// <summary>Null stays null.</summary>
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(path))]
    public static implicit operator AbsolutePath?(string? path) => path is null ? null : Create(path);

    /// <summary>Null stays null.</summary>
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(path))]
    public static implicit operator string?(AbsolutePath? path) => path?._path;

    /// <summary>Descends by a relative path.</summary>
    public static AbsolutePath operator /(AbsolutePath left, string right)
    {
        ArgumentNullException.ThrowIfNull(left);
        if (System.IO.Path.IsPathRooted(right))
            throw new ArgumentException($"'{right}' is rooted and cannot lie below {left}.", nameof(right));
        return Create(System.IO.Path.Combine(left._path, right));
    }

    /// <summary><c>path / ..</c> is the parent.</summary>
    public static AbsolutePath operator /(AbsolutePath left, Range range)
    {
        ArgumentNullException.ThrowIfNull(left);
        if (!range.Equals(Range.All))
            throw new ArgumentException("Only '..' means something in a path.", nameof(range));
        return left.Parent ?? throw new ArgumentException($"{left} has no parent.", nameof(left));
    }

    /// <summary>Lengthens the last part.</summary>
    public static AbsolutePath operator +(AbsolutePath left, string right) => Create(left._path + right);

    /// <summary>Ignores case where file systems do.</summary>
    public static bool operator ==(AbsolutePath? left, AbsolutePath? right) => left is null ? right is null : left.Equals(right);

    /// <inheritdoc cref="op_Equality"/>
    public static bool operator !=(AbsolutePath? left, AbsolutePath? right) => !(left == right);

    /// <inheritdoc/>
    public bool Equals(AbsolutePath? other) => other is not null && string.Equals(_path, other._path, s_comparison);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AbsolutePath other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(_path, s_comparison);

    /// <inheritdoc/>
    public override string ToString() => _path;

    /// <summary><c>d</c> in double quotes, <c>s</c> in single quotes, <c>dn</c> and <c>sn</c> only when needed, <c>nq</c> and nothing: as it is.</summary>
    public string ToString(string? format, IFormatProvider? formatProvider = null) => format switch
    {
        "d" => $"\"{_path}\"",
        "dn" => _path.Contains(' ', StringComparison.Ordinal) ? $"\"{_path}\"" : _path,
        "s" => $"'{_path}'",
        "sn" => _path.Contains(' ', StringComparison.Ordinal) ? $"'{_path}'" : _path,
        null or "" or "nq" => _path,
        _ => throw new FormatException($"'{format}' is no format of a path. Use d, dn, s, sn or nq."),
    };
}

/// <summary>Lets text become a path where frameworks convert by type.</summary>
public sealed class AbsolutePathTypeConverter : TypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

    /// <inheritdoc/>
    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) => AbsolutePath.Create((string)value);
}
