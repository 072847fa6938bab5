using System.Globalization;
using System.Xml.Linq;
using WasmWizard.Delivery.Evidence;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Benchmark;
using WasmWizard.Delivery.Reports;
using WasmWizard.Delivery.Tests.Gates.Benchmark;
using static WasmWizard.Delivery.Tests.Reports.ReportPageSpecs;

namespace WasmWizard.Delivery.Tests.Reports;

public class ReportPlotSpecs
{
    private const double Width = 1000;

    [Fact]
    public void Gates_stand_where_they_were_measured_and_idle_hours_are_cut_out()
    {
        var timeline = Section(Read(ReportPage.Render(SampleReport.Facts())), "timeline");

        var bars = Bars(timeline);
        Assert.Equal(["audit", "tests", "coverage"], timeline.Descendants("title").Select(title => title.Value.Split(':')[0]));
        Assert.Single(Class(timeline, "cut"));
        Assert.Equal(bars.OrderBy(bar => bar.Left), bars);
        Assert.All(bars, bar => Assert.InRange(bar.Left + bar.Length, bar.Left, Width + 0.1));
        Assert.All(bars, bar => Assert.Equal(bars[0].Length, bar.Length, 0.2));
    }

    [Fact]
    public void Times_of_runs_that_stand_close_do_not_cover_each_other()
    {
        var hours = 0;
        var facts = SampleReport.Facts() with
        {
            Verification = SampleReport.Verify(gate => new EvidenceReuse.Holds(SampleReport.Evidence(gate, SampleReport.Noon.AddHours(hours++), Verdict.Passed, "") with
            {
                Duration = TimeSpan.FromSeconds(gate == GateId.Audit ? 600 : 1),
            })),
        };

        var times = Class(Section(Read(ReportPage.Render(facts)), "timeline"), "tick").Select(time => (X: Number(time, "x"), Y: Number(time, "y"))).ToList();

        Assert.Equal(3, times.Count);
        Assert.All(times, time => Assert.InRange(time.X, 0, Width - 140));
        Assert.All(times, one => Assert.All(times, other => Assert.True(one == other || one.Y != other.Y || Math.Abs(one.X - other.X) >= 140)));
    }

    [Fact]
    public void A_gate_that_took_no_time_can_still_be_seen()
    {
        var facts = SampleReport.Facts() with
        {
            Verification = SampleReport.Verify(gate => new EvidenceReuse.Holds(SampleReport.Evidence(gate, SampleReport.Noon, Verdict.Passed, "") with { Duration = TimeSpan.Zero })),
        };

        Assert.All(Bars(Section(Read(ReportPage.Render(facts)), "timeline")), bar => Assert.True(bar.Length >= 3));
    }

    [Fact]
    public void Coverage_has_a_bar_for_each_assembly_and_all_of_them_against_the_threshold()
    {
        var coverage = Section(Read(ReportPage.Render(SampleReport.Facts())), "coverage");

        Assert.Equal(["plain.One", "plain.Two", "all"], Class(coverage, "name").Select(name => name.Value));
        Assert.Equal(["90.0 %", "50.0 %", "100", "50.0 %", "–", "100", "70.0 %", "50.0 %", "200"], Class(coverage, "took").Select(number => number.Value));
        Assert.Equal("bar refused", (string?)coverage.Descendants("rect").Last().Attribute("class"));
        Assert.Contains("85 %", Class(coverage, "tick").Select(tick => tick.Value));
    }

    [Fact]
    public void Every_pair_is_a_dot_and_a_slow_benchmark_looks_it()
    {
        var benchmarks = Section(Read(ReportPage.Render(SampleReport.Facts(slowdown: 0.15))), "benchmarks");

        Assert.Equal(SimulatedBenchmarks.Benchmarks * SimulatedBenchmarks.PairsOfOne, benchmarks.Descendants("circle").Count());
        Assert.Equal(SimulatedBenchmarks.PairsOfOne, Class(benchmarks, "dot refused").Count());
        Assert.Single(Class(benchmarks, "median refused"));
        Assert.All(benchmarks.Descendants("circle"), dot => Assert.InRange(Number(dot, "cx"), 0, Width));
    }

    [Fact]
    public void A_change_beyond_the_axis_stands_at_its_edge()
    {
        var wild = new BenchmarkComparison("Suite.Wild", [.. Enumerable.Repeat(new BenchmarkPair(new(1, 10), new(900, 4096)), 6)]);

        var benchmarks = Section(Read(ReportPage.Render(SampleReport.Facts() with { Benchmarks = new(5, [wild]) })), "benchmarks");

        Assert.All(benchmarks.Descendants("circle"), dot => Assert.InRange(Number(dot, "cx"), 0, Width));
        Assert.Contains("10 B → 4 KiB", Class(benchmarks, "took").Select(text => text.Value));
        Assert.Contains("900 ns", Class(benchmarks, "took").Select(text => text.Value));
    }

    private static List<(double Left, double Length)> Bars(XElement plot) =>
        [.. plot.Descendants("rect").Select(bar => (Number(bar, "x"), Number(bar, "width")))];

    private static double Number(XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}
