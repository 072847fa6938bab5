using System.Xml.Linq;
using WasmWizard.Delivery.Evidence;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Reports;

namespace WasmWizard.Delivery.Tests.Reports;

public class ReportPageSpecs
{
    private const string Hostile = """</title><script>alert("1")</script><img src=x onerror='alert(2)'>&amp;""";

    [Fact]
    public void The_page_has_every_section_and_needs_nothing_from_outside()
    {
        var page = ReportPage.Render(SampleReport.Facts());
        var document = Read(page);

        Assert.Equal(["gates", "timeline", "coverage", "findings", "benchmarks", "releases"], document.Descendants("section").Select(section => (string?)section.Attribute("id")));
        Assert.DoesNotContain(document.Descendants(), element => element.Name.LocalName is "script" or "link" or "img" or "iframe" or "a");
        Assert.DoesNotContain("url(", page, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", page, StringComparison.Ordinal);
        Assert.DoesNotContain("://", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Light_and_dark_are_both_there() =>
        Assert.Contains("@media (prefers-color-scheme: dark)", ReportPage.Render(SampleReport.Facts()), StringComparison.Ordinal);

    [Fact]
    public void Whatever_a_gate_a_tool_or_a_person_says_stays_text()
    {
        var document = Read(ReportPage.Render(SampleReport.Facts(Hostile, Verdict.Refused)));

        Assert.DoesNotContain(document.Descendants(), element => element.Name.LocalName is "script" or "img");
        Assert.True(document.Descendants().Count(element => !element.HasElements && element.Value.Contains(Hostile, StringComparison.Ordinal)) >= 8);
        Assert.Equal("master: blocked · Wasm Wizard Delivery", document.Descendants("title").First().Value);
    }

    [Fact]
    public void A_blocked_branch_reads_what_to_do_first_and_an_allowed_one_nothing()
    {
        var blocked = Read(ReportPage.Render(SampleReport.Facts("make it so", Verdict.Refused)));
        var allowed = Read(ReportPage.Render(SampleReport.Facts()));

        Assert.Equal("testsmake it so", Class(blocked, "remedies").Single().Descendants("li").Single().Value);
        Assert.Equal("blocked", (string?)blocked.Descendants("header").Single().Attribute("class"));
        Assert.Empty(Class(allowed, "remedies"));
        Assert.Equal("allowed", (string?)allowed.Descendants("header").Single().Attribute("class"));
    }

    [Fact]
    public void Each_gate_tells_answer_strength_reason_and_from_when()
    {
        var rows = Section(Read(ReportPage.Render(SampleReport.Facts("12 of 13", Verdict.Errored))), "gates").Descendants("tbody").Single().Elements().ToList();

        Assert.Equal(["tests", "coverage", "audit"], rows.Select(row => row.Element("th")!.Value));
        Assert.Equal(["! Errored", "Requiredcore suite", "12 of 1312 of 13", "20 s", "2026-01-31 12:00 UTC"], rows[0].Elements("td").Select(cell => cell.Value));
        Assert.Equal("blocks", (string?)rows[0].Attribute("class"));
        Assert.Null(rows[1].Attribute("class"));
    }

    [Fact]
    public void What_nobody_measured_is_said_to_be_missing()
    {
        var nothing = SampleReport.Facts() with
        {
            Verification = SampleReport.Verify(_ => new EvidenceReuse.Lapsed("not measured yet")),
            Coverage = null,
            Findings = [],
            Benchmarks = null,
            History = null,
        };

        var document = Read(ReportPage.Render(nothing));

        Assert.Equal(5, Class(document, "none").Count());
        Assert.Equal(["never", "never", "never"], Class(document, "when").Select(cell => cell.Value));
    }

    [Fact]
    public void The_worst_finding_comes_first() => Assert.Equal(
        ["CRITICAL", "LOW", ""],
        Section(Read(ReportPage.Render(SampleReport.Facts())), "findings").Descendants("span").Where(span => ((string?)span.Attribute("class"))!.StartsWith("severity", StringComparison.Ordinal)).Select(span => span.Value));

    [Fact]
    public void History_is_newest_first_and_says_how_many_are_left_out()
    {
        var section = Section(Read(ReportPage.Render(SampleReport.Facts() with { History = SampleReport.Ledger(30, "ada") })), "releases");

        Assert.Equal(25, section.Descendants("tbody").Single().Elements().Count());
        Assert.Equal("… open", section.Descendants("tbody").Single().Elements().First().Elements("td").ElementAt(4).Value);
        Assert.Contains("5 older ones", Class(section, "none").Single().Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"findings\":[{\"rule\":1}]}")]
    [InlineData("{\"findings\":{}}")]
    public void A_torn_list_of_findings_is_none(string json) => Assert.Null(ReportFinding.Parse(GateId.Audit, json));

    [Fact]
    public void Findings_are_read_as_gates_leave_them()
    {
        Assert.Equal(
            [new(GateId.Scan, "HIGH", "CVE-1", "libssl3t64 3.0", "var/lib/dpkg/status.d/libssl3t64", "")],
            ReportFinding.Parse(GateId.Scan, """{"findings":[{"rule":"CVE-1","severity":"HIGH","file":"var/lib/dpkg/status.d/libssl3t64","line":null,"promised":"no HIGH","found":"libssl3t64 3.0","fix":null}]}""")!);
        Assert.Equal([new(GateId.Docs, "", "", "a.md:3 leads nowhere", "", "")], ReportFinding.Lines(GateId.Docs, "a.md:3 leads nowhere\n"));
    }

    internal static XDocument Read(string page) => XDocument.Parse(page);

    internal static XElement Section(XContainer document, string id) => document.Descendants("section").Single(section => (string?)section.Attribute("id") == id);

    internal static IEnumerable<XElement> Class(XContainer container, string name) => container.Descendants().Where(element => (string?)element.Attribute("class") == name);
}
