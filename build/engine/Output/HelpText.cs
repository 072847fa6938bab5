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

        var keys = new HashSet<string>();
        var own = new List<ParameterDefinition>();
        foreach (var definition in build.Parameters!.Definitions)
            if (definition is { Member: not null, IsListed: true } && keys.Add(definition.Key))
                own.Add(definition);
        var others = new List<ParameterDefinition>();
        foreach (var definition in BuiltInParameters.All)
            if (!keys.Contains(definition.Key))
                others.Add(definition);
        help.AppendParameters("Parameters", own);
        help.AppendParameters("Always there", others);
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
    public static IReadOnlyList<string> Wrap(string text, int width)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                lines.Add(line.ToString());
                line.Clear();
            }

            if (line.Length > 0)
                line.Append(' ');
            line.Append(word);
        }

        if (line.Length > 0)
            lines.Add(line.ToString());
        return lines;
    }

    private void AppendTargets()
    {
        var longest = 0;
        foreach (var target in _build.Targets)
            longest = target.Listed ? Math.Max(longest, target.Name.Length) : longest;
        foreach (var target in _build.Targets)
            if (target.Listed)
                AppendTarget(target, NameWidth(longest));
    }

    private void AppendTarget(ExecutableTarget target, int names)
    {
        var description = target.Description ?? "";
        if (target.IsDefault)
            description = $"{description} (default)".Trim();
        var lines = new List<string>(Wrap(description, _width - Indent - names));
        if (target.ExecutionEdges.Count > 0)
            foreach (var line in Wrap("-> " + string.Join(", ", target.ExecutionEdges), _width - Indent - names))
                lines.Add(_palette.Faint(line));
        AppendRow(target.Name, names, lines);
    }

    private void AppendParameters(string title, List<ParameterDefinition> shown)
    {
        shown.Sort((left, right) => string.Compare(left.Option, right.Option, StringComparison.OrdinalIgnoreCase));
        if (shown.Count == 0)
            return;
        _text.Append('\n').Append(_palette.Strong(title)).Append('\n');
        var longest = 0;
        foreach (var definition in shown)
            longest = Math.Max(longest, definition.Option.Length);
        foreach (var definition in shown)
            AppendRow(definition.Option, NameWidth(longest), Wrap(WithChoices(definition), _width - Indent - NameWidth(longest)));
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

    private static int NameWidth(int longest) => Math.Min(WidestName, longest + 2);
}
