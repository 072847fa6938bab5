using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Coverage;

namespace WasmWizard.Delivery.Reports;

/// <summary>A bar per assembly, the threshold as a line through all of them.</summary>
internal static class CoverageChart
{
    private const double Width = 1000;
    private const double Label = 290;
    private const double Right = 220;
    private const double RowHeight = 28;
    private const double BarHeight = 12;
    private const double Top = 22;

    public static Html Render(ReportFacts facts)
    {
        if (facts.Coverage is not { Assemblies.Count: > 0 } coverage)
            return Html.Of($"""<p class="none">No coverage was measured: <code>./build.sh Test --branch {facts.Branch}</code></p>""");
        var threshold = facts.Verification.Answers.FirstOrDefault(answer => answer.Rule.Gate == GateId.Coverage)?.Rule.Threshold;
        var rows = coverage.Assemblies.Where(assembly => assembly.Lines > 0).OrderBy(assembly => assembly.Name, StringComparer.Ordinal).ToList();
        var all = new AssemblyCoverage("all", rows.Sum(row => row.CoveredLines), rows.Sum(row => row.Lines), rows.Sum(row => row.CoveredBranches), rows.Sum(row => row.Branches));
        var height = Top + (rows.Count + 1) * RowHeight + 6;
        return Html.Of($"""
            <div class="scroll"><svg class="plot coverage" viewBox="0 0 {Width} {height}" role="img" aria-label="Covered lines of each assembly">
            <text class="tick" x="{Width - Right + 62}" y="{Top - 8}" text-anchor="end">lines</text><text class="tick" x="{Width - Right + 142}" y="{Top - 8}" text-anchor="end">branches</text><text class="tick" x="{Width}" y="{Top - 8}" text-anchor="end">of lines</text>
            {Html.Join(rows.Append(all).Select((row, at) => Row(row, at, threshold)))}{Threshold(threshold, height)}</svg></div>
            """);
    }

    private static double X(double percent) => Label + (Width - Label - Right) * percent / 100;

    private static Html Row(AssemblyCoverage row, int at, decimal? threshold)
    {
        var (y, percent) = (Top + at * RowHeight, 100.0 * row.CoveredLines / row.Lines);
        var kind = row.Name == "all" && (decimal)percent < threshold ? "refused" : row.Name == "all" ? "passed" : "neutral";
        return Html.Of($"""
            <g class="{(row.Name == "all" ? "all" : "one")}"><text class="name" x="0" y="{y + 17:0.0}">{row.Name}</text><rect class="track" x="{Label}" y="{y + 7:0.0}" width="{X(100) - Label:0.0}" height="{BarHeight}" rx="3"/><rect class="bar {kind}" x="{Label}" y="{y + 7:0.0}" width="{X(percent) - Label:0.0}" height="{BarHeight}" rx="3"/><text class="took" x="{Width - Right + 62}" y="{y + 17:0.0}" text-anchor="end">{Amounts.Percent(percent)}</text><text class="took" x="{Width - Right + 142}" y="{y + 17:0.0}" text-anchor="end">{(row.Branches == 0 ? "–" : Amounts.Percent(100.0 * row.CoveredBranches / row.Branches))}</text><text class="took" x="{Width}" y="{y + 17:0.0}" text-anchor="end">{row.Lines:#,0}</text></g>

            """);
    }

    private static Html Threshold(decimal? threshold, double height) => threshold is not { } percent
        ? default
        : Html.Of($"""<path class="limit" d="M{X((double)percent):0.0} {Top - 2} V{height - 4}"/><text class="tick" x="{X((double)percent):0.0}" y="{Top - 8}" text-anchor="middle">{percent:0.##} %</text>""");
}
