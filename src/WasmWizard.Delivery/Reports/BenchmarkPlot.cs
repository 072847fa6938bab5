using WasmWizard.Delivery.Gates.Benchmark;

namespace WasmWizard.Delivery.Reports;

/// <summary>A strip per benchmark: every pair as a dot, the median as a bar, the margin as a line.</summary>
internal static class BenchmarkPlot
{
    private const double Width = 1000;
    private const double Label = 270;
    private const double Right = 330;
    private const double RowHeight = 44;
    private const double Top = 30;

    /// <summary>The axis shows at least this change to both sides; what lies beyond stands at the edge.</summary>
    private const double LeastSpan = 0.12;

    private const double GreatestSpan = 0.5;

    public static Html Render(BenchmarkFacts? facts)
    {
        if (facts is not { Comparisons.Count: > 0 })
            return Html.Of($"""<p class="none">Nothing was compared: this branch asks for a smoke run only, or the base has no benchmarks yet.</p>""");
        var margin = (double)facts.MarginPercent / 100;
        var span = Math.Clamp(facts.Comparisons.SelectMany(comparison => comparison.Pairs).Max(pair => Math.Abs(Math.Exp(pair.LogRatio) - 1)) * 1.05, Math.Max(LeastSpan, margin * 1.5), GreatestSpan);
        var height = Top + facts.Comparisons.Count * RowHeight + 6;
        return Html.Of($"""
            <div class="scroll"><svg class="plot benchmarks" viewBox="0 0 {Width} {height}" role="img" aria-label="Change of each benchmark against the base">
            <text class="tick" x="{Width - Right + 80}" y="{Top - 14}" text-anchor="end">median</text><text class="tick" x="{Width - Right + 170}" y="{Top - 14}" text-anchor="end">detectable</text><text class="tick" x="{Width}" y="{Top - 14}" text-anchor="end">time, memory</text>
            {Axis(span, margin, height)}{Html.Join(facts.Comparisons.Select((comparison, row) => Row(comparison, row, span, margin)))}</svg></div>
            """);
    }

    private static double X(double change, double span) => Label + (Width - Label - Right) * (Math.Clamp(change, -span, span) + span) / (2 * span);

    private static Html Axis(double span, double margin, double height)
    {
        var step = span > 0.3 ? 0.2 : span > 0.15 ? 0.1 : 0.05;
        var ticks = Enumerable.Range(-(int)(span / step), 2 * (int)(span / step) + 1).Select(at => at * step);
        return Html.Of($"""
            {Html.Join(ticks.Select(tick => Html.Of($"""<path class="{(tick == 0 ? "zero" : "grid")}" d="M{X(tick, span):0.0} {Top - 6} V{height - 4}"/><text class="tick" x="{X(tick, span):0.0}" y="{Top - 14}" text-anchor="middle">{tick * 100:+0;−0;0} %</text>""")))}<path class="limit" d="M{X(margin, span):0.0} {Top - 6} V{height - 4}"/>

            """);
    }

    private static Html Row(BenchmarkComparison comparison, int row, double span, double margin)
    {
        var middle = Top + row * RowHeight + RowHeight / 2;
        var (type, method) = comparison.Name.Split('.') is [var left, var right] ? (left, right) : ("", comparison.Name);
        var kind = comparison.Change > margin || comparison.AllocatesBeyond(margin) ? "refused" : "neutral";
        var dots = comparison.Pairs.Select((pair, at) => Html.Of($"""<circle class="dot {kind}" cx="{X(Math.Exp(pair.LogRatio) - 1, span):0.0}" cy="{middle - 6 + at % 5 * 3}" r="3.5"/>"""));
        return Html.Of($"""
            <g><title>{comparison.Name}: {Amounts.Change(comparison.Change)} over {comparison.Pairs.Count} pairs</title><text class="name" x="0" y="{middle - 1:0.0}">{method}</text><text class="tick" x="0" y="{middle + 14:0.0}">{type}</text>{Html.Join(dots)}<rect class="median {kind}" x="{X(comparison.Change, span) - 1.5:0.0}" y="{middle - 14:0.0}" width="3" height="28" rx="1.5"/><text class="took" x="{Width - Right + 80}" y="{middle + 4:0.0}" text-anchor="end">{Amounts.Change(comparison.Change)}</text><text class="took" x="{Width - Right + 170}" y="{middle + 4:0.0}" text-anchor="end">{Amounts.Change(comparison.DetectableChange(margin))}</text><text class="took" x="{Width}" y="{middle - 3:0.0}" text-anchor="end">{Amounts.Nanoseconds(Typical(comparison))}</text><text class="took" x="{Width}" y="{middle + 13:0.0}" text-anchor="end">{Memory(comparison)}</text></g>

            """);
    }

    private static double Typical(BenchmarkComparison comparison) => BenchmarkComparison.Median([.. comparison.Pairs.Select(pair => pair.Candidate.Nanoseconds)]);

    private static string Memory(BenchmarkComparison comparison) => comparison.BaseBytes == comparison.CandidateBytes
        ? Amounts.Bytes(comparison.CandidateBytes)
        : $"{Amounts.Bytes(comparison.BaseBytes)} → {Amounts.Bytes(comparison.CandidateBytes)}";
}
