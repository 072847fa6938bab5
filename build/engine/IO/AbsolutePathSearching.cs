namespace WasmWizard.BuildEngine.IO;

/// <summary>What exists at and below a path. Results are sorted, so that builds do not depend on the file system's order.</summary>
public static class AbsolutePathSearching
{
    /// <summary>Whether a file is there.</summary>
    public static bool FileExists(this AbsolutePath path) => File.Exists(path);

    /// <summary>Whether a folder is there.</summary>
    public static bool DirectoryExists(this AbsolutePath path) => Directory.Exists(path);

    /// <summary>Whether anything is there.</summary>
    public static bool Exists(this AbsolutePath path) => Path.Exists(path);

    /// <summary>The path when a file is there, else null.</summary>
    public static AbsolutePath? ExistingFile(this AbsolutePath? path) => path is not null && File.Exists(path) ? path : null;

    /// <summary>The path when a folder is there, else null.</summary>
    public static AbsolutePath? ExistingDirectory(this AbsolutePath? path) => path is not null && Directory.Exists(path) ? path : null;

    /// <summary>Files below that match any of the globs; a glob that begins with <c>!</c> takes away.</summary>
    public static IReadOnlyCollection<AbsolutePath> GlobFiles(this AbsolutePath directory, params string[] patterns) =>
        Match(directory, patterns, Directory.EnumerateFiles);

    /// <summary>Folders below that match any of the globs; a glob that begins with <c>!</c> takes away.</summary>
    public static IReadOnlyCollection<AbsolutePath> GlobDirectories(this AbsolutePath directory, params string[] patterns) =>
        Match(directory, patterns, Directory.EnumerateDirectories);

    /// <summary>Files below, by a name pattern.</summary>
    /// <param name="directory">Where to look.</param>
    /// <param name="pattern">With <c>*</c> and <c>?</c>.</param>
    /// <param name="depth">1 is the folder itself; every step down adds one.</param>
    /// <param name="attributes">Only entries with all of these.</param>
    public static IEnumerable<AbsolutePath> GetFiles(this AbsolutePath directory, string pattern = "*", int depth = 1, FileAttributes attributes = 0) =>
        List(directory, pattern, depth, attributes, Directory.EnumerateFiles);

    /// <summary>Folders below, by a name pattern.</summary>
    /// <inheritdoc cref="GetFiles"/>
    public static IEnumerable<AbsolutePath> GetDirectories(this AbsolutePath directory, string pattern = "*", int depth = 1, FileAttributes attributes = 0) =>
        List(directory, pattern, depth, attributes, Directory.EnumerateDirectories);

    private static List<AbsolutePath> Match(
        AbsolutePath directory, string[] patterns, Func<string, string, SearchOption, IEnumerable<string>> enumerate)
    {
        if (!Directory.Exists(directory))
            return [];
        var matcher = new Matcher(OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
        foreach (var pattern in patterns)
            if (pattern.StartsWith('!'))
                matcher.AddExclude(pattern[1..]);
            else
                matcher.AddInclude(pattern);

        var isDeep = patterns.Any(pattern => pattern.Contains("**", StringComparison.Ordinal) || pattern.Contains('/', StringComparison.Ordinal) || pattern.Contains('\\', StringComparison.Ordinal));
        var candidates = enumerate(directory, "*", isDeep ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly)
            .Select(candidate => Path.GetRelativePath(directory, candidate).Replace('\\', '/'));
        return [.. matcher.Match(candidates).Files.Select(match => match.Path).Order(StringComparer.Ordinal).Select(name => directory / name)];
    }

    private static IEnumerable<AbsolutePath> List(
        AbsolutePath directory, string pattern, int depth, FileAttributes attributes, Func<string, string, EnumerationOptions, IEnumerable<string>> enumerate)
    {
        if (depth < 1)
            return [];
        var options = new EnumerationOptions { RecurseSubdirectories = depth > 1, MaxRecursionDepth = depth - 1, AttributesToSkip = 0 };
        return enumerate(directory, pattern, options)
            .Where(entry => attributes == 0 || File.GetAttributes(entry).HasFlag(attributes))
            .Order(StringComparer.Ordinal)
            .Select(AbsolutePath.Create);
    }
}
