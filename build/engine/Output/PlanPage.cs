using System.Globalization;
using System.Net;
using System.Text;

namespace WasmWizard.BuildEngine;

/// <summary>The plan as one HTML file without anything from elsewhere: a graph to look at, a list to read. Light and dark follow the reader.</summary>
internal static class PlanPage
{
    public static string Of(IReadOnlyList<ExecutableTarget> plan, IReadOnlyDictionary<string, TimeSpan> durations, string command)
    {
        var order = Predecessors.Positions(plan);
        var layout = PlanLayout.Of(plan, order);
        var positions = plan.Select((target, position) => (target, position)).ToDictionary(pair => pair.target, pair => pair.position);
        var text = new StringBuilder();
        text.Append("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n")
            .Append(CultureInfo.InvariantCulture, $"<title>Plan: {Escape(command)}</title>\n<style>\n{Style}\n</style>\n")
            .Append(CultureInfo.InvariantCulture, $"<h1>Plan</h1>\n<p class=\"command\"><code>{Escape(command)}</code></p>\n<p class=\"legend\">{Legend}</p>\n<div class=\"graph\">\n")
            .Append(CultureInfo.InvariantCulture, $"<svg width=\"{layout.Width}\" height=\"{layout.Height}\" viewBox=\"0 0 {layout.Width} {layout.Height}\" role=\"img\" aria-label=\"The targets of the plan; the table below has the same as text\">\n")
            .Append("<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0 8 4 0 8z\"/></marker></defs>\n");
        for (var position = 0; position < plan.Count; position++)
        {
            AppendEdges(text, layout, positions, plan[position].ExecutionEdges, position, "needs");
            AppendEdges(text, layout, positions, plan[position].OrderEdges.Except(plan[position].ExecutionEdges), position, "after");
            AppendEdges(text, layout, positions, plan[position].TriggerEdges, position, "triggered");
        }

        foreach (var box in layout.Boxes)
            AppendBox(text, plan[box.Position], box, durations, IsAsked(plan, plan[box.Position]));
        text.Append("</svg>\n</div>\n");
        AppendTable(text, plan, positions, durations);
        return text.Append(CultureInfo.InvariantCulture, $"<script>\n{Script}\n</script>\n</html>\n").ToString();
    }

    private static void AppendEdges(StringBuilder text, PlanLayout layout, Dictionary<ExecutableTarget, int> positions, IEnumerable<ExecutableTarget> targets, int to, string kind)
    {
        foreach (var from in targets.Where(positions.ContainsKey).Select(target => positions[target]))
        {
            var (start, end) = (layout.Boxes[from], layout.Boxes[to]);
            var bend = Math.Max(30, (end.Left - start.Right) / 2);
            var lift = layout.Bow(start, end);
            text.Append(CultureInfo.InvariantCulture, $"<path class=\"edge {kind}\" data-from=\"{from}\" data-to=\"{to}\" marker-end=\"url(#tip)\" d=\"M{start.Right} {start.Middle}C{start.Right + bend} {start.Middle + lift} {end.Left - bend} {end.Middle + lift} {end.Left} {end.Middle}\"/>\n");
        }
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

    private static void AppendTable(StringBuilder text, IReadOnlyList<ExecutableTarget> plan, Dictionary<ExecutableTarget, int> positions, IReadOnlyDictionary<string, TimeSpan> durations)
    {
        text.Append("<table>\n<thead><tr><th>#<th>Target<th>Needs<th>After<th>Triggered by<th>Only when<th>Locks<th class=\"number\">Last</tr></thead>\n<tbody>\n");
        for (var position = 0; position < plan.Count; position++)
        {
            var target = plan[position];
            var conditions = target.Definition.StaticConditions.Concat(target.Definition.DynamicConditions).Select(condition => condition.Text);
            text.Append(CultureInfo.InvariantCulture, $"<tr data-position=\"{position}\"><td>{position + 1}<td><b>{Escape(target.Name)}</b><div class=\"about\">{Escape(target.Description ?? "")}</div>")
                .Append(CultureInfo.InvariantCulture, $"<td>{Names(target.ExecutionEdges)}<td>{Names(target.OrderEdges)}<td>{Names(target.TriggerEdges)}<td>{Escape(string.Join(" && ", conditions))}")
                .Append(CultureInfo.InvariantCulture, $"<td>{Escape(target.Definition.IsAlone ? "all" : string.Join(", ", target.Definition.Locks))}<td class=\"number\">{(durations.TryGetValue(target.Name, out var known) ? SummaryTable.Format(known) : "")}</tr>\n");
        }

        text.Append("</tbody>\n</table>\n");

        string Names(IEnumerable<ExecutableTarget> targets) => Escape(string.Join(", ", targets.Where(positions.ContainsKey).Select(target => target.Name)));
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
        svg { display: block; }
        rect { fill: var(--box); stroke: var(--line); }
        .asked rect { fill: var(--asked); }
        .collective rect { stroke-dasharray: 4 3; }
        text { fill: var(--text); font: 600 13px system-ui, sans-serif; }
        .second { fill: var(--faint); font-weight: 400; font-size: 11px; }
        .edge { fill: none; stroke: var(--needs); stroke-width: 1.4; }
        .edge.after { stroke: var(--after); stroke-dasharray: 2 4; } .edge.triggered { stroke: var(--triggered); stroke-width: 2.6; }
        marker path { fill: context-stroke; }
        .key { display: inline-block; width: 26px; margin: 0 2px 3px 8px; border-top: 2px solid var(--needs); vertical-align: middle; }
        .key.after { border-top: 2px dashed var(--after); } .key.triggered { border-top: 4px solid var(--triggered); }
        .target { cursor: default; outline: none; } .target:focus rect { stroke: var(--strong); stroke-width: 2; }
        .chosen .target:not(.on), .chosen .edge:not(.on) { opacity: .18; } .chosen .on rect { stroke: var(--strong); }
        table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: 5px 10px; border-bottom: 1px solid var(--line); } th { color: var(--faint); font-weight: 600; }
        .about { color: var(--faint); } .number { text-align: right; font-variant-numeric: tabular-nums; }
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
