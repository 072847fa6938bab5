using System.Text;

namespace WasmWizard.Delivery.Generation;

/// <summary>Compares what the definition generates with what the repository holds. It reads through its arguments only.</summary>
public static class GeneratedFiles
{
    /// <summary>Every difference, ordered by path; empty when the repository is current.</summary>
    /// <param name="expected">What has to be there; each path once.</param>
    /// <param name="present">Paths of the files in the folders that generated files live in; other people's files may be among them.</param>
    /// <param name="read">The bytes of a file by its path, null when there is none.</param>
    public static IReadOnlyList<GeneratedDifference> Compare(
        IReadOnlyCollection<GeneratedFile> expected, IEnumerable<string> present, Func<string, byte[]?> read)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(present);
        ArgumentNullException.ThrowIfNull(read);
        var wanted = expected.ToDictionary(file => file.Path, StringComparer.Ordinal);
        var unexpected = present
            .Where(path => !wanted.ContainsKey(path) && read(path) is { } bytes && GeneratedHeader.Marks(bytes))
            .Select(GeneratedDifference (path) => new GeneratedDifference.Unexpected(path));
        return [.. expected.Select(file => Compare(file, read(file.Path))).OfType<GeneratedDifference>().Concat(unexpected)
            .OrderBy(difference => difference.Path, StringComparer.Ordinal)];
    }

    private static GeneratedDifference? Compare(GeneratedFile expected, byte[]? found)
    {
        if (found is null)
            return new GeneratedDifference.Missing(expected.Path);
        if (found.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(expected.Content)))
            return null;
        // Lines keep what ends them, so that a lost last newline or a CR is a difference that can be shown.
        var (wanted, actual) = (Lines(expected.Content), Lines(Encoding.UTF8.GetString(found)));
        var at = 0;
        while (at < wanted.Count && at < actual.Count && wanted[at] == actual[at])
            at++;
        return new GeneratedDifference.Stale(expected.Path, at + 1, Line(wanted, at)?.TrimEnd('\n'), Line(actual, at) is { } line ? Spell(line) : null);
    }

    private static string? Line(List<string> lines, int index) => index < lines.Count ? lines[index] : null;

    private static List<string> Lines(string text)
    {
        var lines = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            var next = end < 0 ? text.Length : end + 1;
            lines.Add(text[start..next]);
            start = next;
        }
        return lines;
    }

    private static string Spell(string line)
    {
        var ended = line.EndsWith('\n');
        var text = (ended ? line[..^1] : line)
            .Replace("\r", "\\r", StringComparison.Ordinal)
            .Replace("\t", "\\t", StringComparison.Ordinal)
            .Replace("\uFEFF", "\\uFEFF", StringComparison.Ordinal);
        return ended ? text : text + "\\ (no newline)";
    }
}
