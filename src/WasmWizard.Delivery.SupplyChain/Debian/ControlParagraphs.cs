namespace WasmWizard.Delivery.SupplyChain.Debian;

/// <summary>Reads Debian's control format (deb822(5)): paragraphs of <c>Name: value</c> fields, continued by lines that start with a blank.</summary>
public static class ControlParagraphs
{
    /// <summary>Field names in any case; continuation lines are joined with <c>\n</c>, their leading blank removed.</summary>
    /// <param name="text">One or more paragraphs, separated by empty lines.</param>
    /// <param name="name">What the text is, for the message.</param>
    /// <exception cref="CorruptDataException">A line is neither a field nor a continuation.</exception>
    public static IEnumerable<IReadOnlyDictionary<string, string>> Read(string text, string name)
    {
        var paragraph = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        string? field = null;
        var number = 0;
        using var lines = new StringReader(text);
        while (lines.ReadLine() is { } line)
        {
            number++;
            var continues = line.Length > 0 && (line[0] is ' ' or '\t');
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (string.IsNullOrWhiteSpace(line))
            {
                if (paragraph.Count > 0)
                    yield return paragraph;
                (paragraph, field) = (new(StringComparer.OrdinalIgnoreCase), null);
            }
            else if (continues && field is not null)
            {
                paragraph[field] += "\n" + line[1..].TrimEnd();
            }
            else if (!continues && colon > 0)
            {
                paragraph[field = line[..colon]] = line[(colon + 1)..].Trim();
            }
            else
            {
                throw new CorruptDataException($"{name}, line {number}: neither a field nor the continuation of one", "fetch or build it again");
            }
        }
        if (paragraph.Count > 0)
            yield return paragraph;
    }
}
