using System.Globalization;
using System.Text;

namespace WasmWizard.BuildEngine;

/// <summary>The plan as a tree from what was asked for down to what it needs. The number in front is the place in the order of one job.</summary>
internal sealed class PlanText
{
    private readonly IReadOnlyList<ExecutableTarget> _plan;
    private readonly Palette _palette;
    private readonly Dictionary<ExecutableTarget, int> _positions = [];
    private readonly HashSet<ExecutableTarget> _shown = [];
    private readonly StringBuilder _text = new();
    private readonly (string Branch, string Last, string Down, string Gap) _lines;

    private PlanText(IReadOnlyList<ExecutableTarget> plan, Palette palette, bool hasBoxes)
    {
        (_plan, _palette) = (plan, palette);
        _lines = hasBoxes ? ("├─ ", "└─ ", "│  ", "   ") : ("|- ", "`- ", "|  ", "   ");
        for (var position = 0; position < plan.Count; position++)
            _positions[plan[position]] = position;
    }

    public static string Of(IReadOnlyList<ExecutableTarget> plan, Palette palette, bool hasBoxes = true)
    {
        var text = new PlanText(plan, palette, hasBoxes);
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
            var notes = isFirst ? Notes(next.Target) : Below(next.Target).Any() ? "(see above)" : "";
            _text.Append(_palette.Faint($"{number}  {next.Indent}{next.Branch}")).Append(_palette.Name(next.Target.Name));
            if (notes.Length > 0)
                _text.Append("  ").Append(_palette.Faint(notes));
            _text.Append('\n');
            if (!isFirst)
                continue;
            var below = Below(next.Target).ToList();
            var deeper = next.Indent + (next.Branch.Length == 0 ? "" : next.Branch == _lines.Last ? _lines.Gap : _lines.Down);
            for (var index = below.Count - 1; index >= 0; index--)
                open.Push((below[index], deeper, index == below.Count - 1 ? _lines.Last : _lines.Branch));
        }
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
        if (target.Definition.StaticConditions.Concat(target.Definition.DynamicConditions).ToList() is { Count: > 0 } conditions)
            notes.Add($"only when {string.Join(" && ", conditions.Select(condition => condition.Text))}");
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
