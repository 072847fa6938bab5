using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Coverage;

namespace WasmWizard.Delivery.Tests.Gates;

public class CoverageGateSpecs
{
    private static readonly Dictionary<string, int> Expected = new() { ["A"] = 100, ["B"] = 100 };

    [Theory]
    [InlineData(85, 85, Verdict.Passed)]
    [InlineData(85, 84, Verdict.Refused)]
    [InlineData(100, 70, Verdict.Passed)]
    [InlineData(0, 0, Verdict.Refused)]
    public void Lines_of_all_assemblies_together_are_held_against_the_threshold(int coveredA, int coveredB, Verdict expected)
    {
        var result = CoverageGate.Judge(new([Assembly("A", coveredA), Assembly("B", coveredB)]), Expected, 85);

        Assert.Equal(expected, result.Verdict);
        Assert.Equal((coveredA + coveredB) / 2m, result.Measurements["linesPercent"]);
    }

    [Fact]
    public void An_assembly_that_no_test_touched_counts_with_all_its_lines_uncovered()
    {
        var result = CoverageGate.Judge(new([Assembly("A", 100)]), Expected, 85);

        Assert.Equal((Verdict.Refused, 50m), (result.Verdict, result.Measurements["linesPercent"]));
        Assert.Contains("untouched by any test: B", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_assembly_that_is_not_expected_does_not_raise_the_number()
    {
        var result = CoverageGate.Judge(new([Assembly("A", 0), Assembly("B", 0), Assembly("Tests", 100)]), Expected, 85);

        Assert.Equal(0m, result.Measurements["linesPercent"]);
    }

    [Fact]
    public void No_data_is_inconclusive()
    {
        Assert.Equal(Verdict.Inconclusive, CoverageGate.Judge(null, Expected, 85).Verdict);
        Assert.Equal(Verdict.Inconclusive, CoverageGate.Judge(new([]), Expected, 85).Verdict);
        Assert.Equal(Verdict.Inconclusive, CoverageGate.Judge(new([new("A", 0, 0, 0, 0)]), Expected, 85).Verdict);
    }

    [Fact]
    public void A_refusal_names_the_weakest_assembly() =>
        Assert.Contains("weakest: B at 10.0 %", CoverageGate.Judge(new([Assembly("A", 90), Assembly("B", 10)]), Expected, 85).Fix, StringComparison.Ordinal);

    [Fact]
    public void A_report_counts_each_line_once_and_branches_from_conditions()
    {
        const string Xml = """
            <?xml version="1.0"?>
            <coverage>
              <packages>
                <package name="A"><classes>
                  <class filename="a.cs"><lines>
                    <line number="1" hits="1"/><line number="2" hits="0"/>
                    <line number="3" hits="4" branch="true" condition-coverage="50% (1/2)"/>
                  </lines></class>
                  <class filename="a.cs"><lines><line number="2" hits="7"/></lines></class>
                  <class filename="b.cs"><lines><line number="2" hits="0"/></lines></class>
                </classes></package>
              </packages>
            </coverage>
            """;

        Assert.Equal(new AssemblyCoverage("A", 3, 4, 1, 2), Assert.Single(CoverageReport.Parse(Xml)!.Assemblies));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<coverage><packages>")]
    [InlineData("<results/>")]
    public void A_torn_or_foreign_document_is_no_report(string xml) => Assert.Null(CoverageReport.Parse(xml));

    [Fact]
    public void Coverable_lines_are_counted_from_the_debug_information()
    {
        using var pdb = File.OpenRead(Path.ChangeExtension(typeof(CoverageGate).Assembly.Location, ".pdb"));

        Assert.InRange(CoverableLines.Count(pdb), 100, 100_000);
        Assert.Throws<BadImageFormatException>(() => CoverableLines.Count(new MemoryStream([1, 2, 3, 4])));
    }

    private static AssemblyCoverage Assembly(string name, int covered) => new(name, covered, 100, 0, 0);
}
