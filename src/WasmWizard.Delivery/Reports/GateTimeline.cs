using WasmWizard.Delivery.Gates;

namespace WasmWizard.Delivery.Reports;

/// <summary>Gates along time, with the hours between two runs cut out.</summary>
internal static class GateTimeline
{
    private const double Width = 1000;
    private const double Label = 120;
    private const double RowHeight = 30;
    private const double BarHeight = 16;
    private const double TextHeight = 16;
    private const double TextWidth = 140;
    private const double CutWidth = 34;
    private const double Shortest = 3;

    /// <summary>Longer idle time is cut.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(90);

    public static Html Render(Verification verification)
    {
        var measured = verification.Answers.Where(answer => answer.Evidence is not null).OrderBy(Began).ToList();
        if (measured.Count == 0)
            return Html.Of($"""<p class="none">Nothing was measured yet.</p>""");
        var scale = new Scale(Stretches(measured));
        var lines = Lines([.. scale.Stretches.Select(stretch => TextLeft(scale.X(stretch.From)))]);
        var top = (lines.Max() + 1) * TextHeight + 10;
        var height = top + measured.Count * RowHeight + 4;
        return Html.Of($"""
            <div class="scroll"><svg class="plot timeline" viewBox="0 0 {Width} {height}" role="img" aria-label="Gates along time">
            {Html.Join(scale.Stretches.Select((stretch, at) => Stretch(scale, stretch, lines[at], top, height)))}{Html.Join(measured.Select((answer, row) => Row(scale, answer, top + row * RowHeight)))}</svg></div>
            """);
    }

    private static DateTimeOffset Began(GateAnswer answer) => answer.Evidence!.At - answer.Evidence.Duration;

    /// <summary>Periods without a long pause, in order.</summary>
    private static List<(DateTimeOffset From, DateTimeOffset To)> Stretches(IEnumerable<GateAnswer> measured)
    {
        List<(DateTimeOffset From, DateTimeOffset To)> stretches = [];
        foreach (var answer in measured)
        {
            var (from, to) = (Began(answer), answer.Evidence!.At);
            if (stretches.Count > 0 && from - stretches[^1].To <= Idle)
                stretches[^1] = (stretches[^1].From, to > stretches[^1].To ? to : stretches[^1].To);
            else
                stretches.Add((from, to));
        }

        return stretches;
    }

    /// <summary>A time near the right edge moves left until it fits.</summary>
    private static double TextLeft(double left) => Math.Min(left, Width - TextWidth);

    /// <summary>The line of text, counted from the axis upwards, in which each stretch has room for its time.</summary>
    private static List<int> Lines(IReadOnlyList<double> lefts)
    {
        List<int> lines = [];
        List<double> ends = [];
        foreach (var left in lefts)
        {
            var line = ends.FindIndex(end => end <= left);
            if (line < 0)
            {
                line = ends.Count;
                ends.Add(0);
            }

            ends[line] = left + TextWidth;
            lines.Add(line);
        }

        return lines;
    }

    private static Html Stretch(Scale scale, (DateTimeOffset From, DateTimeOffset To) stretch, int line, double top, double height)
    {
        var (left, right) = (scale.X(stretch.From), scale.X(stretch.To));
        var cut = left <= Label ? default : Html.Of($"""<path class="cut" d="M{left - CutWidth / 2:0.0} {top - 4} V{height}"/>""");
        return Html.Of($"""
            {cut}<path class="axis" d="M{left:0.0} {top - 4} H{right:0.0}"/><text class="tick" x="{TextLeft(left):0.0}" y="{top - 10 - line * TextHeight}">{Amounts.Time(stretch.From)}</text>

            """);
    }

    private static Html Row(Scale scale, GateAnswer answer, double top)
    {
        var (left, right) = (scale.X(Began(answer)), scale.X(answer.Evidence!.At));
        var (y, width) = (top + (RowHeight - BarHeight) / 2, Math.Max(Shortest, right - left));
        var took = Amounts.Duration(answer.Evidence.Duration);
        var (kind, sign) = GateTable.Looks(answer.Result.Verdict);
        // The duration stands behind the bar, or before it where there is no room.
        var (x, anchor) = left + width > Width - 90 ? (left - 6, "end") : (left + width + 6, "start");
        return Html.Of($"""
            <g><title>{answer.Rule.Gate}: {answer.Result.Verdict}, {took}</title><text class="name" x="0" y="{y + 12.5:0.0}">{sign} {answer.Rule.Gate}</text><rect class="bar {kind}" x="{left:0.0}" y="{y:0.0}" width="{width:0.0}" height="{BarHeight}" rx="3"/><text class="took" x="{x:0.0}" y="{y + 12.5:0.0}" text-anchor="{anchor}">{took}</text></g>

            """);
    }

    /// <summary>Busy time in proportion, each cut as wide as the other.</summary>
    private sealed class Scale(IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> stretches)
    {
        private readonly double _perSecond = (Width - Label - (stretches.Count - 1) * CutWidth) / Math.Max(1, stretches.Sum(stretch => (stretch.To - stretch.From).TotalSeconds));

        public IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Stretches => stretches;

        public double X(DateTimeOffset at)
        {
            var x = Label;
            foreach (var (from, to) in stretches)
            {
                if (at <= to)
                    return x + Math.Max(0, (at - from).TotalSeconds) * _perSecond;
                x += (to - from).TotalSeconds * _perSecond + CutWidth;
            }

            return Width;
        }
    }
}
