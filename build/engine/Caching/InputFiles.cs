using System.Security.Cryptography;
using Microsoft.Extensions.FileSystemGlobbing;
using WasmWizard.BuildEngine.IO;

namespace WasmWizard.BuildEngine;

/// <summary>Files by globs, with the hashes of their contents. Times and sizes prove nothing and are not asked.</summary>
internal static class InputFiles
{
    private static readonly StringComparison s_comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>Paths relative to the root with forward slashes, sorted. Only folders that a glob begins with are walked.</summary>
    public static IReadOnlyList<string> Find(AbsolutePath root, IReadOnlyList<string> globs)
    {
        globs = [.. globs.Select(glob => WithContent(root, glob))];
        var matcher = new Matcher(s_comparison);
        foreach (var glob in globs)
            if (glob.StartsWith('!'))
                matcher.AddExclude(Relative(root, glob[1..]));
            else
                matcher.AddInclude(Relative(root, glob));
        var folders = globs.Where(glob => !glob.StartsWith('!')).Select(glob => FixedFolder(root, glob))
            .GroupBy(folder => folder.Path, folder => folder.IsDeep)
            .ToDictionary(group => group.Key, group => group.Any(isDeep => isDeep));
        var candidates = folders
            .Where(folder => Directory.Exists(folder.Key) && !folders.Any(outer => outer.Value && IsWithin(folder.Key, outer.Key)))
            .SelectMany(folder => Directory.EnumerateFiles(folder.Key, "*", folder.Value ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly))
            .Concat(globs.Select(glob => Path.GetFullPath(glob, root)).Where(File.Exists))
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Distinct();
        return [.. matcher.Match(candidates).Files.Select(match => match.Path).Order(StringComparer.Ordinal)];
    }

    public static string HashOf(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>A folder stands for everything below it.</summary>
    private static string WithContent(AbsolutePath root, string glob) =>
        Directory.Exists(Path.GetFullPath(glob.TrimStart('!'), root)) ? glob.TrimEnd('/', '\\') + "/**" : glob;

    private static string Relative(AbsolutePath root, string glob)
    {
        var path = Path.IsPathFullyQualified(glob) ? Path.GetRelativePath(root, glob) : glob;
        return path.Replace('\\', '/');
    }

    /// <summary>The part of a glob before its first wildcard, and whether folders below it count. A plain name may be a file, which is a candidate by itself.</summary>
    private static (string Path, bool IsDeep) FixedFolder(AbsolutePath root, string glob)
    {
        var segments = Relative(root, glob).Split('/');
        var fixedSegments = segments.TakeWhile(segment => !segment.Contains('*', StringComparison.Ordinal)).ToArray();
        var isDeep = segments.Length - fixedSegments.Length > 1 || segments.Contains("**");
        return (Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine([root, .. fixedSegments]))), isDeep);
    }

    private static bool IsWithin(string folder, string outer) => folder.StartsWith(outer + Path.DirectorySeparatorChar, s_comparison);
}
