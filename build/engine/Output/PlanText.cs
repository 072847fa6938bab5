using System.Globalization;
using System.Text;

namespace WasmWizard.BuildEngine;

/// <summary>The plan as a tree from what was asked for down to what it needs. The number in front is the place in the order of one job.</summary>
internal sealed class PlanText
{
    private const int NarrowestNotes = 20;

    private readonly IReadOnlyList<ExecutableTarget> _plan;
    private readonly Palette _palette;
    private readonly int _columns;
    private readonly Dictionary<ExecutableTarget, int> _positions = [];
    private readonly HashSet<ExecutableTarget> _shown = [];
    private readonly StringBuilder _text = new();
    private readonly (string Branch, string Last, string Down, string Gap) _lines;

    private PlanText(IReadOnlyList<ExecutableTarget> plan, BuildOutput output)
    {
        (_plan, _palette, _columns) = (plan, output.Palette, output.Columns ?? int.MaxValue);
        _lines = output.HasBoxes ? ("├─ ", "└─ ", "│  ", "   ") : ("|- ", "`- ", "|  ", "   ");
        for (var position = 0; position < plan.Count; position++)
            _positions[plan[position]] = position;
    }

    public static string Of(IReadOnlyList<ExecutableTarget> plan, BuildOutput output)
    {
        var text = new PlanText(plan, output);
        foreach (var root in text.Roots())
            text.Append(root, "", "");
        return text._text.ToString().TrimEnd('\n');
    }

    /// <summary>What nothing else in the plan needs, the last to run first.</summary>
    private IEnumerable<ExecutableTarget> Roots() =>
        _plan.Except(_plan.SelectMany(Below)).OrderByDescending(target => _positions[target]);

    private IEnumerable<ExecutableTarget> Below(ExecutableTarget target) =>
        target.ExecutionEdges.Concat(target.TriggeredTargets).Where(_positions.ContainsKey).Distinct().OrderByDescending(other => _positions[other]);

    /// <summary>A stack of its own: a chain of any length fits.</summary>
    private void Append(ExecutableTarget root, string indent, string branch)
    {
        var open = new Stack<(ExecutableTarget Target, string Indent, string Branch)>([(root, indent, branch)]);
        while (open.TryPop(out var next))
        {
            var isFirst = _shown.Add(next.Target);
            var number = (_positions[next.Target] + 1).ToString(CultureInfo.InvariantCulture).PadLeft(_plan.Count.ToString(CultureInfo.InvariantCulture).Length);
            var below = Below(next.Target).ToList();
            var notes = isFirst ? Notes(next.Target) : below.Count > 0 ? "(see above)" : "";
            if (!isFirst)
                below.Clear();
            var deeper = next.Indent + (next.Branch.Length == 0 ? "" : next.Branch == _lines.Last ? _lines.Gap : _lines.Down);
            var lead = $"{number}  {next.Indent}{next.Branch}";
            _text.Append(_palette.Faint(lead)).Append(_palette.Name(next.Target.Name));
            AppendNotes(notes, lead.Length + next.Target.Name.Length + 2, $"{new string(' ', number.Length + 2)}{deeper}{(below.Count > 0 ? _lines.Down : "")}");
            _text.Append('\n');
            for (var index = below.Count - 1; index >= 0; index--)
                open.Push((below[index], deeper, index == below.Count - 1 ? _lines.Last : _lines.Branch));
        }
    }

    /// <summary>What does not fit beside the name goes on below it; the tree's lines go on, too.</summary>
    private void AppendNotes(string notes, int left, string tree)
    {
        foreach (var (index, line) in HelpText.Wrap(notes, Math.Max(NarrowestNotes, _columns - left)).Index())
            _text.Append(index == 0 ? "  " : "\n" + _palette.Faint(tree.PadRight(left))).Append(_palette.Faint(line));
    }

    private string Notes(ExecutableTarget target)
    {
        var notes = new List<string>();
        if (target.Invoked)
            notes.Add("asked for");
        else if (target.IsDefault && !_plan.Any(other => other.Invoked))
            notes.Add("default");
        AddNames(notes, "after", target.OrderEdges);
        AddNames(notes, "triggered by", target.TriggerEdges);
        notes.AddRange(target.Definition.Conditions.Select(condition => condition.Clause));
        if (target.Definition.Locks.Count > 0)
            notes.Add($"locks {string.Join(", ", target.Definition.Locks)}");
        if (target.Definition.IsAlone)
            notes.Add("alone");
        if (target.Definition.IsAssured)
            notes.Add("assured");
        if (TargetCache.Takes(target))
            notes.Add("cached");
        return string.Join("; ", notes);
    }

    private void AddNames(List<string> notes, string word, IEnumerable<ExecutableTarget> targets)
    {
        var names = targets.Where(_positions.ContainsKey).Select(other => other.Name).ToList();
        if (names.Count > 0)
            notes.Add($"{word} {string.Join(", ", names)}");
    }
}
