using System.IO.Enumeration;
using WasmWizard.Delivery.Checking.Snapshots;

namespace WasmWizard.Delivery.Checking.Reading;

/// <summary>Names that <c>.gitignore</c> files leave out: they exist where people work, though not in the repository.</summary>
public sealed class IgnoredPaths
{
    private const int MaxPatterns = 2000;

    private readonly HashSet<string> _names = [];
    private readonly List<string> _patterns = [];
    private readonly List<string> _paths = [];

    public IgnoredPaths(IEnumerable<SourceFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var lines = files.Where(file => file.Name == ".gitignore").SelectMany(file => file.Lines).Select(line => line.Trim().Trim('/').Replace("**/", "", StringComparison.Ordinal))
            .Where(line => line.Length is > 1 and < 200 && line[0] is not ('#' or '!')).Distinct().Take(MaxPatterns);
        foreach (var line in lines)
        {
            if (line.Contains('/', StringComparison.Ordinal))
                _paths.Add("*/" + line + "/*");
            else if (line.AsSpan().ContainsAny('*', '?'))
                _patterns.Add(line);
            else
                _names.Add(line);
        }
    }

    /// <summary>Whether a path, or a folder above it, is left out. A pattern counts below any folder: more is forgiven than git would.</summary>
    public bool Matches(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var parts = path.Split('/');
        return parts.Any(_names.Contains)
            || parts.Any(part => _patterns.Exists(pattern => FileSystemName.MatchesSimpleExpression(pattern, part, ignoreCase: false)))
            || _paths.Exists(pattern => FileSystemName.MatchesSimpleExpression(pattern, "/" + path + "/", ignoreCase: false));
    }
}
