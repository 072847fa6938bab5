using System.Text;

namespace WasmWizard.Delivery.Yaml;

/// <summary>Writes a document as a person would: two spaces, LF, comments where they belong, quotes only where needed.</summary>
public static class YamlWriter
{
    private const int Step = 2;

    /// <param name="document">The top-level mapping.</param>
    /// <param name="header">Comment lines above everything else.</param>
    public static string Write(YamlMap document, IReadOnlyList<string> header)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(header);
        var text = new StringBuilder();
        foreach (var line in header)
            Comment(text, line, indent: 0);
        Map(text, document, indent: 0, firstInline: false);
        return text.ToString();
    }

    private static void Map(StringBuilder text, YamlMap map, int indent, bool firstInline)
    {
        for (var i = 0; i < map.Entries.Count; i++)
        {
            var entry = map.Entries[i];
            var opensItem = firstInline && i == 0;
            if (entry.Spaced && (i > 0 || indent == 0))
                text.Append('\n');
            foreach (var line in opensItem ? [] : entry.Comment)
                Comment(text, line, indent);
            if (!opensItem)
                text.Append(' ', indent);
            text.Append(entry.Key).Append(':');
            Value(text, entry.Value, indent + Step);
        }
    }

    private static void Value(StringBuilder text, YamlNode? value, int indent)
    {
        switch (value)
        {
            case null:
                text.Append('\n');
                break;
            case YamlScalar scalar:
                Scalar(text, scalar, indent);
                break;
            case YamlInline inline:
                text.Append(" [").AppendJoin(", ", inline.Values.Select(item => YamlText.OneLine(item, inFlow: true))).Append("]\n");
                break;
            case YamlMap { Entries.Count: 0 }:
                text.Append(" {}\n");
                break;
            case YamlMap map:
                text.Append('\n');
                Map(text, map, indent, firstInline: false);
                break;
            case YamlItems items:
                text.Append('\n');
                foreach (var item in items.Items)
                    Item(text, item, indent);
                break;
        }
    }

    private static void Item(StringBuilder text, YamlMap item, int indent)
    {
        foreach (var line in item.Entries[0].Comment)
            Comment(text, line, indent);
        text.Append(' ', indent).Append("- ");
        Map(text, item, indent + Step, firstInline: true);
    }

    private static void Scalar(StringBuilder text, YamlScalar scalar, int indent)
    {
        if (scalar.IsText && YamlText.FitsLiteral(scalar.Value))
        {
            text.Append(scalar.Value.EndsWith('\n') ? " |\n" : " |-\n");
            foreach (var line in scalar.Value.TrimEnd('\n').Split('\n'))
                _ = line.Length == 0 ? text.Append('\n') : text.Append(' ', indent).Append(line).Append('\n');
            return;
        }
        text.Append(' ').Append(scalar.IsText ? YamlText.OneLine(scalar.Value, inFlow: false) : scalar.Value);
        if (scalar.Note.Length > 0)
            text.Append(" # ").Append(scalar.Note);
        text.Append('\n');
    }

    private static void Comment(StringBuilder text, string line, int indent) =>
        text.Append(' ', indent).Append(line.Length == 0 ? "#" : "# ").Append(line).Append('\n');
}
