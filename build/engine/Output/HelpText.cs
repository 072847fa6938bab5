using System.Text;

namespace WasmWizard.BuildEngine;

/// <summary>Targets with what they need, then parameters, in 100 columns.</summary>
internal static class HelpText
{
    private const int Width = 100;
    private const int Indent = 2;
    private const int WidestName = 28;

    public static string Of(NukeBuild build, Palette palette)
    {
        var text = new StringBuilder();
        text.Append(palette.Strong("Usage")).Append("  ").Append(Commands.Script).Append(" [Target ...] [--parameter value ...]").Append('\n');
        text.Append('\n').Append(palette.Strong("Targets")).Append('\n');
        AppendTargets(text, build, palette);

        var own = build.Parameters!.Definitions.Where(definition => definition is { Member: not null, IsListed: true }).DistinctBy(definition => definition.Key).ToList();
        AppendParameters(text, "Parameters", own, palette);
        AppendParameters(text, "Always there", BuiltInParameters.All.Where(definition => own.All(other => other.Key != definition.Key)), palette);
        return text.ToString().TrimEnd('\n');
    }

    /// <summary>What <c>--list</c> prints.</summary>
    public static string Targets(NukeBuild build, Palette palette)
    {
        var text = new StringBuilder();
        AppendTargets(text, build, palette);
        return text.ToString().TrimEnd('\n');
    }

    /// <summary>Breaks at blanks; a word that is wider than the room keeps its line.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            if (line.Length > 0)
                line.Append(' ');
            line.Append(word);
        }

        if (line.Length > 0)
            yield return line.ToString();
    }

    private static void AppendTargets(StringBuilder text, NukeBuild build, Palette palette)
    {
        var targets = build.Targets.Where(target => target.Listed).ToList();
        var names = NameWidth(targets.Select(target => target.Name));
        foreach (var target in targets)
            AppendTarget(text, target, names, palette);
    }

    private static void AppendTarget(StringBuilder text, ExecutableTarget target, int names, Palette palette)
    {
        var description = target.Description ?? "";
        if (target.IsDefault)
            description = $"{description} (default)".Trim();
        var lines = Wrap(description, Width - Indent - names).ToList();
        var needs = target.ExecutionDependencies.Select(needed => needed.Name).ToList();
        var needLines = needs.Count == 0 ? [] : Wrap("-> " + string.Join(", ", needs), Width - Indent - names).ToList();
        AppendRow(text, palette.Name(target.Name), target.Name.Length, names, [.. lines, .. needLines.Select(palette.Faint)]);
    }

    private static void AppendParameters(StringBuilder text, string title, IEnumerable<ParameterDefinition> definitions, Palette palette)
    {
        var shown = definitions.ToList();
        shown.Sort((left, right) => string.CompareOrdinal(left.Option, right.Option));
        if (shown.Count == 0)
            return;
        text.Append('\n').Append(palette.Strong(title)).Append('\n');
        var names = NameWidth(shown.Select(definition => definition.Option));
        foreach (var definition in shown)
        {
            var choices = ValueConverter.ChoicesOf(definition.ValueType) is { } values ? $" One of {string.Join(", ", values)}." : "";
            var lines = Wrap((definition.Description ?? "").Trim() + choices, Width - Indent - names);
            AppendRow(text, palette.Name(definition.Option), definition.Option.Length, names, [.. lines]);
        }
    }

    private static void AppendRow(StringBuilder text, string name, int nameLength, int names, IReadOnlyList<string> lines)
    {
        text.Append(' ', Indent).Append(name);
        var isLong = nameLength + 1 > names;
        for (var index = 0; index < lines.Count; index++)
        {
            if (index == 0 && !isLong)
                text.Append(' ', names - nameLength);
            else
                text.Append('\n').Append(' ', Indent + names);
            text.Append(lines[index]);
        }

        text.Append('\n');
    }

    private static int NameWidth(IEnumerable<string> names)
    {
        var longest = 0;
        foreach (var name in names)
            longest = Math.Max(longest, name.Length);
        return Math.Min(WidestName, longest + 2);
    }
}
