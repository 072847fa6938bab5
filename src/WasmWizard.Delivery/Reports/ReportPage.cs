using WasmWizard.Delivery.Gates;

namespace WasmWizard.Delivery.Reports;

/// <summary>
/// The report as one HTML document that needs nothing else: no script, no font, no request. Light or dark as the reader's system is; every
/// colour has a word or a sign beside it. The markup is well-formed XML at the same time, which is how tests read it.
/// </summary>
public static class ReportPage
{
    public static string Render(ReportFacts facts)
    {
        var page = Html.Of($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/>
            <title>{facts.Branch}: {Answer(facts)} · Wasm Wizard Delivery</title>
            {ReportStyle.Sheet}
            </head>
            <body>
            <main>
            {Header(facts)}
            {Section("gates", "Gates", "What the branch asks for, what was observed, and from when the answer is.", GateTable.Render(facts.Verification))}
            {Section("timeline", "Timeline", "When each gate was measured and how long it took. Time without work is cut out.", GateTimeline.Render(facts.Verification))}
            {Section("coverage", "Coverage", "Lines of each assembly that tests of this branch's suite run through.", CoverageChart.Render(facts))}
            {Section("findings", "Findings", "What gates found, whether or not it blocks.", FindingsTable.Render(facts))}
            {Section("benchmarks", "Benchmarks", "Each dot is one pair: the candidate's time against the base's, run in turns on one machine. Right is slower.", BenchmarkPlot.Render(facts.Benchmarks))}
            {Section("releases", "Releases", "What was rolled out here, newest first.", HistoryTable.Render(facts))}
            <footer>Written {Amounts.Time(facts.At)} by <code>./build.sh Report --branch {facts.Branch}</code> from <code>artifacts/</code>.</footer>
            </main>
            </body>
            </html>

            """);
        return page.ToString();
    }

    private static Html Header(ReportFacts facts)
    {
        var verification = facts.Verification;
        return Html.Of($"""
            <header class="{(verification.Allowed ? "allowed" : "blocked")}">
            <p class="product">Wasm Wizard Delivery</p>
            <h1>{verification.Environment.Word} <span class="answer">{Answer(facts)}</span></h1>
            <dl class="facts">
            <div><dt>Branch</dt><dd>{facts.Branch}</dd></div>
            <div><dt>Commit</dt><dd><code>{Short(facts.Commit)}</code></dd></div>
            <div><dt>Tree</dt><dd><code>{Short(facts.Tree)}</code></dd></div>
            <div><dt>Gates</dt><dd>{Tally(verification)}</dd></div>
            </dl>
            {Remedies(verification)}
            </header>
            """);
    }

    private static Html Remedies(Verification verification) => verification.Allowed
        ? default
        : Html.Of($"""
            <div class="remedies"><h2>To change that</h2><ol>
            {Html.Join(Remedy.Of(verification).Select(remedy => Html.Of($"<li><strong>{string.Join(", ", remedy.Gates)}</strong> {Action(remedy)}</li>\n")))}</ol></div>
            """);

    /// <summary>A command looks like one; everything else that a gate asks for is a sentence.</summary>
    private static Html Action(Remedy remedy) => remedy.Action.StartsWith("./", StringComparison.Ordinal) ? Html.Of($"<code>{remedy.Action}</code>") : Html.Of($"<span>{remedy.Action}</span>");

    private static Html Section(string id, string title, string about, Html content) => Html.Of($"""
        <section id="{id}"><h2>{title}</h2><p class="about">{about}</p>
        {content}
        </section>
        """);

    private static string Answer(ReportFacts facts) => facts.Verification.Allowed ? "allowed" : "blocked";

    private static string Tally(Verification verification) => string.Join(", ", verification.Answers
        .CountBy(answer => answer.IsBuilt ? answer.Result.Verdict.ToString().ToLowerInvariant() : "not built")
        .OrderByDescending(count => count.Value)
        .Select(count => $"{count.Value} {count.Key}"));

    private static string Short(string hash) => hash.EndsWith("-dirty", StringComparison.Ordinal) ? hash[..12] + " with changes" : hash[..Math.Min(12, hash.Length)];
}
