using System.Globalization;
using System.Net;
using System.Text;

namespace WasmWizard.BuildEngine;

/// <summary>The plan as one HTML file without anything from elsewhere: a graph to look at, a list to read. Light and dark follow the reader.</summary>
internal static class PlanPage
{
    public static string Of(IReadOnlyList<ExecutableTarget> plan, IReadOnlyDictionary<string, TimeSpan> durations, string command)
    {
        var positions = plan.Select((target, position) => (target, position)).ToDictionary(pair => pair.target, pair => pair.position);
        var edges = EdgesOf(plan, positions).ToList();
        var layout = PlanLayout.Of(plan, Predecessors.Positions(plan), edges);
        var text = new StringBuilder();
        text.Append("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n")
            .Append(CultureInfo.InvariantCulture, $"<title>Plan: {Escape(command)}</title>\n<style>\n{Style}\n</style>\n")
            .Append(CultureInfo.InvariantCulture, $"<h1>Plan</h1>\n<p class=\"command\"><code>{Escape(command)}</code></p>\n<p class=\"legend\">{Legend}</p>\n<div class=\"graph\">\n")
            .Append(CultureInfo.InvariantCulture, $"<svg style=\"max-width: {layout.Width}px; min-width: {layout.Width * 3 / 4}px\" viewBox=\"0 0 {layout.Width} {layout.Height}\" role=\"img\" aria-label=\"The targets of the plan; the table below has the same as text\">\n")
            .Append("<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0 8 4 0 8z\"/></marker></defs>\n");
        foreach (var edge in edges)
            AppendEdge(text, layout, edge);
        foreach (var box in layout.Boxes)
            AppendBox(text, plan[box.Position], box, durations, IsAsked(plan, plan[box.Position]));
        text.Append("</svg>\n</div>\n");
        AppendTable(text, plan, positions, durations);
        return text.Append(CultureInfo.InvariantCulture, $"<script>\n{Script}\n</script>\n</html>\n").ToString();
    }

    private static IEnumerable<PlanEdge> EdgesOf(IReadOnlyList<ExecutableTarget> plan, Dictionary<ExecutableTarget, int> positions) =>
        plan.SelectMany((target, position) => target.ExecutionEdges.Select(before => (before, kind: "needs"))
            .Concat(target.OrderEdges.Except(target.ExecutionEdges).Select(before => (before, kind: "after")))
            .Concat(target.TriggerEdges.Select(before => (before, kind: "triggered")))
            .Where(edge => positions.ContainsKey(edge.before))
            .Select(edge => new PlanEdge(positions[edge.before], position, edge.kind)))
        .Distinct();

    private static void AppendEdge(StringBuilder text, PlanLayout layout, PlanEdge edge)
    {
        var (start, end) = (layout.Boxes[edge.From], layout.Boxes[edge.To]);
        text.Append(CultureInfo.InvariantCulture, $"<path class=\"edge {edge.Kind}\" data-from=\"{edge.From}\" data-to=\"{edge.To}\" marker-end=\"url(#tip)\" d=\"M{start.Right} {start.Middle}");
        var (right, middle) = (start.Right, start.Middle);
        foreach (var lane in layout.Ways[edge].Append(new PlanLayout.Lane(end.Left, end.Left, end.Middle)))
        {
            var half = right + ((lane.Left - right) / 2);
            text.Append(CultureInfo.InvariantCulture, $"C{half} {middle} {half} {lane.Middle} {lane.Left} {lane.Middle}H{lane.Right}");
            (right, middle) = (lane.Right, lane.Middle);
        }

        text.Append("\"/>\n");
    }

    private static void AppendBox(StringBuilder text, ExecutableTarget target, PlanLayout.Box box, IReadOnlyDictionary<string, TimeSpan> durations, bool isAsked)
    {
        var kind = isAsked ? " asked" : target.HasActions ? "" : " collective";
        var second = string.Join(" · ", new[] { $"{box.Position + 1}", durations.TryGetValue(target.Name, out var known) ? SummaryTable.Format(known) : "", Marks(target) }.Where(part => part.Length > 0));
        text.Append(CultureInfo.InvariantCulture, $"<g class=\"target{kind}\" data-position=\"{box.Position}\" tabindex=\"0\"><title>{Escape(target.Description ?? target.Name)}</title>")
            .Append(CultureInfo.InvariantCulture, $"<rect x=\"{box.Left}\" y=\"{box.Top}\" width=\"{box.Width}\" height=\"{box.Height}\" rx=\"8\"/>")
            .Append(CultureInfo.InvariantCulture, $"<text x=\"{box.Left + 12}\" y=\"{box.Top + 19}\">{Escape(target.Name)}</text>")
            .Append(CultureInfo.InvariantCulture, $"<text class=\"second\" x=\"{box.Left + 12}\" y=\"{box.Top + 35}\">{Escape(second)}</text></g>\n");
    }

    private static bool IsAsked(IReadOnlyList<ExecutableTarget> plan, ExecutableTarget target) =>
        target.Invoked || (target.IsDefault && !plan.Any(other => other.Invoked));

    private static string Marks(ExecutableTarget target) => string.Join(" · ", new[]
    {
        target.Definition.IsAlone ? "alone" : "",
        target.Definition.IsAssured ? "assured" : "",
        TargetCache.Takes(target) ? "cached" : "",
    }.Where(mark => mark.Length > 0));

    /// <summary>Columns that say nothing about this plan are left out.</summary>
    private static void AppendTable(StringBuilder text, IReadOnlyList<ExecutableTarget> plan, Dictionary<ExecutableTarget, int> positions, IReadOnlyDictionary<string, TimeSpan> durations)
    {
        (string Title, Func<ExecutableTarget, string> Of)[] all =
        [
            ("Needs", target => Names(target.ExecutionEdges)),
            ("After", target => Names(target.OrderEdges)),
            ("Triggered by", target => Names(target.TriggerEdges)),
            ("Condition", target => string.Join("; ", target.Definition.Conditions.Select(condition => condition.Clause))),
            ("Locks", target => target.Definition.IsAlone ? "runs alone" : string.Join(", ", target.Definition.Locks)),
            ("Last time", target => durations.TryGetValue(target.Name, out var known) ? SummaryTable.Format(known) : ""),
        ];
        var columns = all.Where(column => plan.Any(target => column.Of(target).Length > 0)).ToList();
        text.Append("<table>\n<thead><tr><th>#<th>Target").AppendJoin("", columns.Select(column => $"<th>{column.Title}")).Append("</tr></thead>\n<tbody>\n");
        for (var position = 0; position < plan.Count; position++)
        {
            var target = plan[position];
            text.Append(CultureInfo.InvariantCulture, $"<tr data-position=\"{position}\"><td>{position + 1}<td><b>{Escape(target.Name)}</b><div class=\"about\">{Escape(target.Description ?? "")}</div>")
                .AppendJoin("", columns.Select(column => $"<td data-title=\"{column.Title}\">{Escape(column.Of(target))}")).Append("</tr>\n");
        }

        text.Append("</tbody>\n</table>\n");

        string Names(IEnumerable<ExecutableTarget> targets) => string.Join(", ", targets.Where(positions.ContainsKey).Select(target => target.Name));
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private const string Legend =
        "<span class=\"key needs\"></span> needs <span class=\"key after\"></span> only ordered <span class=\"key triggered\"></span> triggers; the number is the place in the order of one job, the time is the last run's. "
        + "Point at a target, or move to it with the Tab key, to see what it waits for and what waits for it.";

    private const string Style = """
        :root { color-scheme: light dark; --ground: #fff; --text: #1b1f24; --faint: #5a646e; --line: #c9d1d9; --box: #f3f5f8; --asked: #dbeafe; --needs: #4b5563; --after: #8b95a1; --triggered: #a14f00; --strong: #0b5cad; }
        @media (prefers-color-scheme: dark) { :root { --ground: #12161b; --text: #e6e9ed; --faint: #9aa5b1; --line: #39424d; --box: #1d232b; --asked: #17365c; --needs: #a7b1bc; --after: #6f7b87; --triggered: #f0a35e; --strong: #6cb2ff; } }
        body { margin: 24px; background: var(--ground); color: var(--text); font: 14px/1.5 system-ui, sans-serif; }
        h1 { margin: 0; font-size: 20px; }
        .command { margin: 2px 0 10px; } code { font: 13px ui-monospace, monospace; }
        .legend { color: var(--faint); max-width: 90ch; }
        .graph { overflow-x: auto; border: 1px solid var(--line); border-radius: 10px; margin-bottom: 20px; }
        svg { display: block; width: 100%; height: auto; }
        rect { fill: var(--box); stroke: var(--line); }
        .asked rect { fill: var(--asked); }
        .collective rect { stroke-dasharray: 4 3; }
        text { fill: var(--text); font: 600 13px system-ui, sans-serif; }
        .second { fill: var(--faint); font-weight: 400; font-size: 11px; }
        .edge { fill: none; stroke: var(--needs); stroke-width: 1.4; }
        .edge.after { stroke: var(--after); stroke-dasharray: 2 4; } .edge.triggered { stroke: var(--triggered); stroke-width: 2.6; }
        marker path { fill: context-stroke; }
        .key { display: inline-block; width: 26px; margin: 0 2px 3px 8px; border-top: 2px solid var(--needs); vertical-align: middle; }
        .key:first-child { margin-left: 0; } .key.after { border-top: 2px dashed var(--after); } .key.triggered { border-top: 4px solid var(--triggered); }
        .target { cursor: default; outline: none; } .target:focus rect { stroke: var(--strong); stroke-width: 2; }
        .chosen .target:not(.on), .chosen .edge:not(.on) { opacity: .18; } .chosen .on rect { stroke: var(--strong); }
        table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: 5px 10px; border-bottom: 1px solid var(--line); } th { color: var(--faint); font-weight: 600; }
        .about { color: var(--faint); }
        @media (max-width: 760px) {
          body { margin: 14px; } thead { display: none; } tr { display: grid; grid-template-columns: 2.2em 1fr; padding: 6px 0; border-bottom: 1px solid var(--line); }
          td { padding: 0; border: 0; } td[data-title] { grid-column: 2; } td:empty { display: none; } td[data-title]::before { content: attr(data-title) ": "; color: var(--faint); }
        }
        """;

    private const string Script = """
        const svg = document.querySelector('svg');
        const edges = [...svg.querySelectorAll('.edge')], targets = [...svg.querySelectorAll('.target')];
        const walk = (start, from, to) => {
          const seen = new Set([start]), open = [start];
          while (open.length) { const at = open.pop(); for (const edge of edges) if (edge.dataset[from] === at && !seen.has(edge.dataset[to])) { seen.add(edge.dataset[to]); open.push(edge.dataset[to]); } }
          return seen;
        };
        const choose = position => {
          svg.classList.toggle('chosen', position !== null);
          if (position === null) return;
          const before = walk(position, 'to', 'from'), after = walk(position, 'from', 'to');
          for (const target of targets) target.classList.toggle('on', before.has(target.dataset.position) || after.has(target.dataset.position));
          for (const { classList, dataset: { from, to } } of edges) classList.toggle('on', before.has(from) && before.has(to) || after.has(from) && after.has(to));
        };
        for (const target of targets) {
          for (const name of ['pointerenter', 'focus']) target.addEventListener(name, () => choose(target.dataset.position));
          for (const name of ['pointerleave', 'blur']) target.addEventListener(name, () => choose(null));
        }
        """;
}
