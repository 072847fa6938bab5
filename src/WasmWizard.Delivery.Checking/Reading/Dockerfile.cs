using WasmWizard.Delivery.Checking.Snapshots;

namespace WasmWizard.Delivery.Checking.Reading;

/// <summary>A Dockerfile's instructions, each with the line on which it begins.</summary>
public sealed class Dockerfile
{
    private readonly List<(int Line, string Name, string Text)> _instructions = [];

    public Dockerfile(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        File = file;
        for (var at = 0; at < file.Lines.Count; at++)
        {
            var start = at;
            var line = file.Lines[at].Trim();
            if (line.Length == 0 || line.StartsWith('#'))
                continue;
            while (line.EndsWith('\\') && at + 1 < file.Lines.Count)
            {
                var next = file.Lines[++at].Trim();
                line = line[..^1] + (next.StartsWith('#') ? "\\" : " " + next);
            }

            var space = line.IndexOfAny([' ', '\t']);
            var name = space < 0 ? line : line[..space];
            if (name.All(char.IsAsciiLetter))
                _instructions.Add((start + 1, name.ToUpperInvariant(), space < 0 ? "" : line[space..].Trim()));
            if (HereDocument(line) is { } end)
            {
                while (at + 1 < file.Lines.Count && file.Lines[++at].Trim() != end)
                    continue;
            }
        }
    }

    public SourceFile File { get; }

    public IReadOnlyList<(int Line, string Name, string Text)> Instructions => _instructions;

    /// <summary>What is copied from the build's context; patterns and names that are put together are left out.</summary>
    public IEnumerable<(int Line, IReadOnlyList<string> Sources)> Copies =>
        from instruction in _instructions
        where instruction.Name is "COPY" or "ADD" && !instruction.Text.Contains("--from", StringComparison.Ordinal) && !instruction.Text.Contains("<<", StringComparison.Ordinal)
        let words = Words(instruction.Text)
        where words.Count > 1
        select (instruction.Line, (IReadOnlyList<string>)[.. words.Take(words.Count - 1).Where(word => WorkingFolders.IsPlain(word) && word is not ("." or "./" or "/"))]);

    public static bool IsOne(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Name is "Dockerfile" or "Containerfile" || file.Name.StartsWith("Dockerfile.", StringComparison.Ordinal) && file.Extension is not (".md" or ".j2" or ".tmpl" or ".template" or ".dockerignore") || file.Extension == ".dockerfile";
    }

    private static List<string> Words(string text)
    {
        var plain = text.StartsWith('[') || text.Contains(" [", StringComparison.Ordinal) ? text.Trim().Trim('[', ']').Replace("\",", "\" ", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal) : text;
        return [.. plain.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).SkipWhile(word => word.StartsWith("--", StringComparison.Ordinal))];
    }

    private static string? HereDocument(string line)
    {
        var at = line.IndexOf("<<", StringComparison.Ordinal);
        if (at < 0 || at + 2 >= line.Length || line[at + 2] == '<')
            return null;
        var word = line[(at + 2)..].TrimStart('-').Split(' ')[0].Trim('"', '\'');
        return word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? word : null;
    }
}
