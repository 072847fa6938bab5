using System.Text.RegularExpressions;
using WasmWizard.Delivery.Checking.Snapshots;

namespace WasmWizard.Delivery.Checking.Reading;

/// <summary>The parts of a Markdown document that promise something, each with its line and what it stands under.</summary>
public sealed partial class MarkdownText
{
    private const int MaxLine = 2000;

    private readonly List<MarkdownLine> _items = [];
    private readonly List<MarkdownLine> _prose = [];
    private readonly List<MarkdownBlock> _blocks = [];
    private readonly List<MarkdownLine> _rows = [];

    public MarkdownText(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var headings = new SortedDictionary<int, string>();
        var parents = new Stack<(int Indent, string Text)>();
        for (var at = 0; at < file.Lines.Count; at++)
        {
            // Nobody promises anything on a line that no screen shows.
            var line = file.Lines[at].Length > MaxLine ? "" : file.Lines[at];
            if (Fence().Match(line) is { Success: true } fence)
            {
                var start = at + 1;
                var mark = fence.Groups[1].Value;
                while (++at < file.Lines.Count && !file.Lines[at].TrimStart().StartsWith(mark, StringComparison.Ordinal))
                    continue;
                _blocks.Add(new(Path(headings), fence.Groups[2].Value.ToLowerInvariant(), start + 1, [.. file.Lines.Skip(start).Take(at - start)]));
            }
            else if (Heading().Match(line) is { Success: true } heading)
            {
                Enter(headings, heading.Groups[1].Length, heading.Groups[2].Value);
                parents.Clear();
            }
            else if (BoldLine().Match(line) is { Success: true } bold)
            {
                Enter(headings, 7, bold.Groups[1].Value);
                parents.Clear();
            }
            else if (Item().Match(line) is { Success: true } item)
            {
                var indent = line.Length - line.TrimStart().Length;
                while (parents.TryPeek(out var parent) && parent.Indent >= indent)
                    parents.Pop();
                var text = Box().Replace(item.Groups[1].Value.Trim(), "");
                _items.Add(new(Path(headings), text, at + 1) { Parents = string.Join(" > ", parents.Reverse().Select(parent => parent.Text)) });
                parents.Push((indent, text));
            }
            else if (line.TrimStart().StartsWith('|'))
                _rows.Add(new(Path(headings), line.Trim(), at + 1));
            else if (line.Trim().Length > 0)
                _prose.Add(new(Path(headings), line.Trim(), at + 1));
        }
    }

    public IReadOnlyList<MarkdownLine> Items => _items;

    /// <summary>Lines of running text.</summary>
    public IReadOnlyList<MarkdownLine> Prose => _prose;

    public IReadOnlyList<MarkdownBlock> Blocks => _blocks;

    /// <summary>Lines of tables.</summary>
    public IReadOnlyList<MarkdownLine> Rows => _rows;

    /// <summary>The tables as rows of cells; the row of dashes is left out.</summary>
    public IEnumerable<IReadOnlyList<(MarkdownLine Row, IReadOnlyList<string> Cells)>> Tables =>
        from row in _rows.Select((row, index) => (Row: row, Group: row.Line - index))
        group (row.Row, Cells: Cells(row.Row.Text)) by row.Group into table
        select (IReadOnlyList<(MarkdownLine, IReadOnlyList<string>)>)[.. table.Where(row => !row.Cells.All(cell => cell.Trim(':', '-').Length == 0))];

    private static IReadOnlyList<string> Cells(string row) =>
        [.. row.Trim().Trim('|').Split('|').Select(cell => cell.Trim().Trim('`', '*').Trim())];

    private static void Enter(SortedDictionary<int, string> headings, int level, string text)
    {
        foreach (var deeper in headings.Keys.Where(key => key >= level).ToList())
            headings.Remove(deeper);
        headings[level] = Ornament().Replace(text, "").Trim();
    }

    private static string Path(SortedDictionary<int, string> headings) => string.Join(" > ", headings.Values);

    [GeneratedRegex(@"^\s*(`{3,}|~{3,})\s*([\w+-]*)")]
    private static partial Regex Fence();

    [GeneratedRegex(@"^(#{1,6})\s+([^\n]*?)\s*#*$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\s*\*\*([^*]+?):?\*\*:?\s*$")]
    private static partial Regex BoldLine();

    [GeneratedRegex(@"^\s*(?:[-*+]|\d+[.)])\s+(.*)$")]
    private static partial Regex Item();

    // A box to be ticked belongs to the list, not to what it says.
    [GeneratedRegex(@"^\[[ xX]\]\s*")]
    private static partial Regex Box();

    // Pictures and numbers in front of a heading.
    [GeneratedRegex(@"^([^\p{L}\p{N}`*_\[(]+|\d+[.)]\s+)+")]
    private static partial Regex Ornament();
}

/// <param name="Headings">From the outermost, joined by <c> > </c>.</param>
/// <param name="Text">Without its bullet.</param>
/// <param name="Line">From 1.</param>
public sealed record MarkdownLine(string Headings, string Text, int Line)
{
    /// <summary>The items of a list that this one stands below, joined by <c> > </c>.</summary>
    public string Parents { get; init; } = "";
}

/// <param name="Headings">From the outermost, joined by <c> > </c>.</param>
/// <param name="Language">In lower case; empty when none is named.</param>
/// <param name="Line">Of the first line inside.</param>
/// <param name="Lines">What stands between the fences.</param>
public sealed record MarkdownBlock(string Headings, string Language, int Line, IReadOnlyList<string> Lines)
{
    /// <summary>Commands that people are told to type.</summary>
    public bool IsShell => Language is "bash" or "sh" or "shell" or "console" or "zsh" or "";
}
