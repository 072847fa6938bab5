using System.Globalization;
using System.Net;
using System.Text;

namespace WasmWizard.Delivery.Rehearsal;

/// <summary>All results as one page: what was survived at a glance, each timeline below. Nothing in it comes from elsewhere.</summary>
public static class RehearsalPage
{
    private const string Style = """
        :root { color-scheme: light dark; --line: #d0d7de; --soft: #656d76; --good: #1a7f37; --bad: #cf222e; --label: #9a6700; }
        @media (prefers-color-scheme: dark) { :root { --line: #3d444d; --soft: #9198a1; --good: #3fb950; --bad: #f85149; --label: #d29922; } }
        body { font: 15px/1.5 system-ui, sans-serif; max-width: 78rem; margin: 2rem auto; padding: 0 1rem; }
        .label { border: 2px solid var(--label); color: var(--label); padding: .5rem .8rem; border-radius: 6px; font-weight: 600; }
        table { border-collapse: collapse; width: 100%; margin: 1.5rem 0; }
        th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
        td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
        section { border-top: 1px solid var(--line); padding-top: .5rem; margin-top: 1.5rem; }
        h2 { font-size: 1.1rem; margin: .5rem 0; }
        ol { list-style: none; padding: 0; margin: .5rem 0; }
        li { display: grid; grid-template-columns: 5rem 1fr; gap: .8rem; padding: .1rem 0; overflow-wrap: anywhere; white-space: pre-line; }
        li time { color: var(--soft); text-align: right; font-variant-numeric: tabular-nums; }
        li.bad span { color: var(--bad); } li.good span { color: var(--good); }
        .yes { color: var(--good); font-weight: 600; } .no { color: var(--bad); font-weight: 600; }
        summary { cursor: pointer; color: var(--soft); }
        @media (max-width: 760px) {
          thead { display: none; } tr { display: block; padding: .5rem 0; border-bottom: 1px solid var(--line); } td, td.number { display: block; padding: 0; border: 0; text-align: left; }
          td[data-title]::before { content: attr(data-title) ": "; color: var(--soft); } li { grid-template-columns: 3.5rem 1fr; }
        }
        """;

    public static string Render(string environment, int seed, IReadOnlyList<RehearsalResult> results)
    {
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\n<title>Rehearsal</title>\n<style>\n")
            .Append(Style).Append("\n</style></head><body>\n");
        page.Append(CultureInfo.InvariantCulture, $"<h1>Rehearsal of {Text(environment)}</h1>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"label\">A rehearsal: a simulated cluster, simulated time, seed {seed}. Nothing was deployed and nothing was recorded.</p>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p>{results.Count(result => result.IsSurvived)} of {results.Count} survived. Each was met by the real pipeline over HTTP, with users' requests going on.</p>\n");
        page.Append("<table><thead><tr><th>Fault</th><th>What goes wrong</th><th>How it is survived</th><th>Exit code</th><th class=\"number\">Cluster time</th><th class=\"number\">Pods at least</th><th class=\"number\">Unanswered</th></tr></thead><tbody>\n");
        foreach (var result in results)
            Row(page, result);
        page.Append("</tbody></table>\n");
        foreach (var result in results)
            Section(page, result);
        return page.Append("</body></html>\n").ToString();
    }

    private static void Row(StringBuilder page, RehearsalResult result)
    {
        page.Append(CultureInfo.InvariantCulture, $"<tr><td><a href=\"#{Text(result.Fault.Name)}\">{Text(result.Fault.Name)}</a></td><td data-title=\"What goes wrong\">{Text(result.Fault.Story)}</td>");
        page.Append(result.IsSurvived
            ? $"<td data-title=\"How it is survived\"><span class=\"yes\" aria-hidden=\"true\">✓</span> {Text(result.Fault.Survival)}</td>"
            : "<td data-title=\"How it is survived\"><span class=\"no\">✕ It is not.</span></td>");
        page.Append(CultureInfo.InvariantCulture, $"<td data-title=\"Exit code\">{result.ExitCode}: {Ending(result.ExitCode)}</td><td class=\"number\" data-title=\"Cluster time\">{result.Took.TotalSeconds:0.0} s</td><td class=\"number\" data-title=\"Pods at least\">{result.LeastServing}</td><td class=\"number\" data-title=\"Unanswered\">{result.Unanswered} of {result.Answered + result.Unanswered}</td></tr>\n");
    }

    /// <summary>What an exit code says about what serves afterwards.</summary>
    private static string Ending(int exitCode) => exitCode switch
    {
        0 => "rolled out",
        3 => "nothing changed",
        4 => "went back",
        5 => "did not get back",
        6 => "was locked out",
        _ => "not foreseen",
    };

    private static void Section(StringBuilder page, RehearsalResult result)
    {
        page.Append(CultureInfo.InvariantCulture, $"<section id=\"{Text(result.Fault.Name)}\"><h2>{Text(result.Fault.Name)}: {Text(result.Fault.Story)}</h2>\n");
        page.Append(result.IsSurvived
            ? $"<p><span class=\"yes\">Survived.</span> {Text(result.Fault.Survival)}{(result.Faults > 0 ? $" {result.Faults} writes failed on the way." : "")}</p>\n"
            : $"<p><span class=\"no\">Not survived:</span> {Text(string.Join("; ", result.Lacks))}.</p>\n");
        page.Append(CultureInfo.InvariantCulture, $"<details open><summary>{result.Timeline.Count} moments, by the cluster's clock</summary><ol>\n");
        foreach (var moment in result.Timeline)
            page.Append(CultureInfo.InvariantCulture, $"<li class=\"{moment.Kind}\"><time>{moment.At.TotalSeconds:0.0} s</time><span>{Text(moment.Text)}</span></li>\n");
        page.Append("</ol></details></section>\n");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
