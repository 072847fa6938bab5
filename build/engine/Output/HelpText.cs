using System.Text;

namespace WasmWizard.BuildEngine;

/// <summary>Targets with what they need, then parameters, in 100 columns or those of a narrower terminal.</summary>
internal sealed class HelpText
{
    private const int Widest = 100;
    private const int Narrowest = 50;
    private const int Indent = 2;
    private const int WidestName = 28;

    /// <summary>As many as the indent and the widest name take.</summary>
    private const string Spaces = "                              ";

    private readonly NukeBuild _build;
    private readonly Palette _palette;
    private readonly int _width;
    private readonly StringBuilder _text = new();

    private HelpText(NukeBuild build, BuildOutput output)
    {
        (_build, _palette) = (build, output.Palette);
        _width = Math.Clamp(output.Columns ?? Widest, Narrowest, Widest);
    }

    public static string Of(NukeBuild build, BuildOutput output)
    {
        var help = new HelpText(build, output);
        help._text.Append(help._palette.Strong("Usage")).Append("  ").Append(Commands.Script).Append(" [Target ...] [--parameter value ...]").Append('\n');
        help._text.Append('\n').Append(help._palette.Strong("Targets")).Append('\n');
        help.AppendTargets();

        var own = build.Parameters!.Definitions.Where(definition => definition is { Member: not null, IsListed: true }).DistinctBy(definition => definition.Key).ToList();
        help.AppendParameters("Parameters", own);
        help.AppendParameters("Always there", BuiltInParameters.All.Where(definition => own.All(other => other.Key != definition.Key)));
        return help._text.ToString().TrimEnd('\n');
    }

    /// <summary>What <c>--list</c> prints.</summary>
    public static string Targets(NukeBuild build, BuildOutput output)
    {
        var help = new HelpText(build, output);
        help.AppendTargets();
        return help._text.ToString().TrimEnd('\n');
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

    private void AppendTargets()
    {
        var targets = _build.Targets.Where(target => target.Listed).ToList();
        var names = NameWidth(targets.Select(target => target.Name));
        foreach (var target in targets)
            AppendTarget(target, names);
    }

    private void AppendTarget(ExecutableTarget target, int names)
    {
        var description = target.Description ?? "";
        if (target.IsDefault)
            description = $"{description} (default)".Trim();
        var needs = target.ExecutionDependencies.Select(needed => needed.Name).ToList();
        var needLines = needs.Count == 0 ? [] : Wrap("-> " + string.Join(", ", needs), _width - Indent - names);
        AppendRow(target.Name, names, [.. Wrap(description, _width - Indent - names), .. needLines.Select(_palette.Faint)]);
    }

    private void AppendParameters(string title, IEnumerable<ParameterDefinition> definitions)
    {
        var shown = definitions.ToList();
        shown.Sort((left, right) => string.Compare(left.Option, right.Option, StringComparison.OrdinalIgnoreCase));
        if (shown.Count == 0)
            return;
        _text.Append('\n').Append(_palette.Strong(title)).Append('\n');
        var names = NameWidth(shown.Select(definition => definition.Option));
        foreach (var definition in shown)
            AppendRow(definition.Option, names, [.. Wrap(WithChoices(definition), _width - Indent - names)]);
    }

    /// <summary>The values of an enumeration follow, unless the description has them already.</summary>
    private static string WithChoices(ParameterDefinition definition)
    {
        var text = (definition.Description ?? "").Trim();
        if (ValueConverter.ChoicesOf(definition.ValueType) is not { } choices || choices.All(choice => text.Contains(choice, StringComparison.OrdinalIgnoreCase)))
            return text;
        return $"{text}{(text.Length == 0 ? "" : text.EndsWith('.') ? " " : ". ")}One of {string.Join(", ", choices)}.";
    }

    private void AppendRow(string name, int names, IReadOnlyList<string> lines)
    {
        Blanks(Indent).Append(_palette.Name(name));
        var isLong = name.Length + 1 > names;
        for (var index = 0; index < lines.Count; index++)
        {
            if (index == 0 && !isLong)
                Blanks(names - name.Length);
            else
            {
                _text.Append('\n');
                Blanks(Indent + names);
            }

            _text.Append(lines[index]);
        }

        _text.Append('\n');
    }

    /// <summary>Out of a text: the runtime has no code ready that fills one.</summary>
    private StringBuilder Blanks(int count) => _text.Append(Spaces, 0, count);

    private static int NameWidth(IEnumerable<string> names)
    {
        var longest = 0;
        foreach (var name in names)
            longest = Math.Max(longest, name.Length);
        return Math.Min(WidestName, longest + 2);
    }
}
