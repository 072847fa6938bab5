using System.Text;
using System.Text.RegularExpressions;

namespace WasmWizard.Delivery.Gates.Docs;

/// <summary>A place that a document points to.</summary>
/// <param name="To">As written, title left out.</param>
/// <param name="Line">From 1.</param>
public sealed record MarkdownLink(string To, int Line);

/// <summary>A command that a document shows in a fenced block.</summary>
public sealed record MarkdownCommand(string Text, int Line);

/// <summary>What a Markdown file points to, what can be pointed to in it, and the commands it shows.</summary>
public sealed partial class MarkdownDocument
{
    private readonly List<MarkdownLink> _links = [];
    private readonly List<MarkdownCommand> _commands = [];
    private readonly HashSet<string> _anchors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _slugs = new(StringComparer.Ordinal);

    /// <param name="path">Relative to the root with forward slashes.</param>
    /// <param name="text">The file.</param>
    public MarkdownDocument(string path, string text)
    {
        Path = path;
        string? fence = null;
        foreach (var (index, line) in text.ReplaceLineEndings("\n").Split('\n').Index())
        {
            var mark = Fence().Match(line) is { Success: true } match ? match.Groups[1].Value : null;
            if (fence is not null && mark is not null && mark[0] == fence[0] && mark.Length >= fence.Length && line.Trim() == mark)
                fence = null;
            else if (fence is not null)
                _commands.Add(new(line, index + 1));
            else if (mark is not null)
                fence = mark;
            else
                Read(line, index + 1);
        }
    }

    public string Path { get; }

    public IReadOnlyList<MarkdownLink> Links => _links;

    public IReadOnlyList<MarkdownCommand> Commands => _commands;

    /// <summary>Ids that a link may name behind <c>#</c>: the headings as code hosts spell them, and explicit ones.</summary>
    public IReadOnlySet<string> Anchors => _anchors;

    private void Read(string line, int number)
    {
        var plain = InlineCode().Replace(line, match => new string('`', match.Length));
        foreach (var form in new[] { InlineLink(), ReferenceLink(), HtmlLink() })
            _links.AddRange(form.Matches(plain).Select(match => new MarkdownLink(match.Groups[1].Value.Trim('<', '>'), number)));
        _anchors.UnionWith(HtmlAnchor().Matches(plain).Select(match => match.Groups[1].Value));
        if (Heading().Match(line) is { Success: true } heading)
            _anchors.Add(Numbered(Slug(heading.Groups[1].Value)));
    }

    private string Numbered(string slug)
    {
        var before = _slugs[slug] = _slugs.GetValueOrDefault(slug, -1) + 1;
        return before == 0 ? slug : $"{slug}-{before}";
    }

    private static string Slug(string heading)
    {
        var slug = new StringBuilder();
        foreach (var character in LinkText().Replace(heading, "$1").Trim().ToLowerInvariant())
            if (char.IsLetterOrDigit(character) || character is '-' or '_')
                slug.Append(character);
            else if (character == ' ')
                slug.Append('-');
        return slug.ToString();
    }

    [GeneratedRegex(@"^ {0,3}(`{3,}|~{3,})")]
    private static partial Regex Fence();

    [GeneratedRegex("(`+)[^`].*?\\1")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"\]\((<[^>]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+[""'(].*?[""')])?\s*\)")]
    private static partial Regex InlineLink();

    [GeneratedRegex(@"^ {0,3}\[[^\]]+\]:\s*(\S+)")]
    private static partial Regex ReferenceLink();

    [GeneratedRegex("<(?:a|img)\\s[^>]*?(?:href|src)=\"([^\"]*)\"")]
    private static partial Regex HtmlLink();

    [GeneratedRegex("<[a-z]+\\s[^>]*?(?:id|name)=\"([^\"]+)\"")]
    private static partial Regex HtmlAnchor();

    [GeneratedRegex(@"^ {0,3}#{1,6}\s+(.*?)\s*#*\s*$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"!?\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkText();
}
