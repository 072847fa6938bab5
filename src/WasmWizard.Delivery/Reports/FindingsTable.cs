namespace WasmWizard.Delivery.Reports;

/// <summary>Everything that gates found, the worst first.</summary>
internal static class FindingsTable
{
    private static readonly string[] Order = ["CRITICAL", "HIGH", "UNKNOWN", "MEDIUM", "LOW", ""];

    public static Html Render(ReportFacts facts) => facts.Findings.Count == 0
        ? Html.Of($"""<p class="none">None, by the gates that answered.</p>""")
        : Html.Of($"""
            <div class="scroll"><table class="findings">
            <thead><tr><th>Gate</th><th>Severity</th><th>Rule</th><th>Found</th><th>Fix</th></tr></thead>
            <tbody>
            {Html.Join(facts.Findings.OrderBy(finding => Array.IndexOf(Order, finding.Severity)).ThenBy(finding => finding.Gate.ToString(), StringComparer.Ordinal).Select(Row))}</tbody></table></div>
            """);

    private static Html Row(ReportFinding finding) => Html.Of($"""
        <tr><th scope="row">{finding.Gate}</th><td><span class="severity {finding.Severity.ToLowerInvariant()}">{finding.Severity}</span></td><td><code>{finding.Rule}</code></td><td>{finding.Found}<span class="where">{finding.Where}</span></td><td>{finding.Fix}</td></tr>

        """);
}
