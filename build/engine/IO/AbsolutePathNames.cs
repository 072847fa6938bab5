using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace WasmWizard.BuildEngine.IO;

/// <summary>Names, relations and digests of paths.</summary>
public static class AbsolutePathNames
{
    /// <summary>The same place with another extension (with or without its dot).</summary>
    public static AbsolutePath WithExtension(this AbsolutePath path, string extension) => AbsolutePath.Create(Path.ChangeExtension(path, extension));

    /// <summary>Whether the last part ends in one of these extensions.</summary>
    public static bool HasExtension(this AbsolutePath path, params string[] extensions) =>
        extensions.Any(extension => path.Name.EndsWith("." + extension.TrimStart('.'), StringComparison.OrdinalIgnoreCase));

    /// <summary>How to get from here to there.</summary>
    public static string GetRelativePathTo(this AbsolutePath path, AbsolutePath destination) => Path.GetRelativePath(path, destination);

    /// <summary>The same with slashes on every system.</summary>
    public static string GetUnixRelativePathTo(this AbsolutePath path, AbsolutePath destination) =>
        path.GetRelativePathTo(destination).Replace('\\', '/');

    /// <summary>Whether the other path lies below this one.</summary>
    public static bool Contains(this AbsolutePath path, AbsolutePath other)
    {
        for (var parent = other.Parent; parent is not null; parent = parent.Parent)
            if (parent == path)
                return true;
        return false;
    }

    /// <summary>For what the base library knows.</summary>
    public static FileInfo ToFileInfo(this AbsolutePath path) => new(path);

    /// <summary>For what the base library knows.</summary>
    public static DirectoryInfo ToDirectoryInfo(this AbsolutePath path) => new(path);

    /// <summary>SHA-256 of the content, in small hexadecimal.</summary>
    public static string GetFileHash(this AbsolutePath path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>SHA-256 over the names and contents of all files below, independent of their order and times.</summary>
    public static string GetDirectoryHash(this AbsolutePath path)
    {
        var lines = Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Select(file => (name: path.GetUnixRelativePathTo(AbsolutePath.Create(file)), file))
            .OrderBy(pair => pair.name, StringComparer.Ordinal)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{AbsolutePath.Create(pair.file).GetFileHash()} {pair.name}\n"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))));
    }
}
