using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Audit;
using WasmWizard.Delivery.Sarif;

namespace WasmWizard.Delivery.SupplyChain.Scan;

/// <summary>Findings as SARIF, for code hosts and editors. The same findings give the same bytes in any order.</summary>
public static class SarifLog
{
    /// <param name="gate">Who found them.</param>
    /// <param name="scanner">What with, e.g. <c>embedded</c>.</param>
    /// <param name="findings">In any order.</param>
    public static string Write(GateId gate, string scanner, IEnumerable<Finding> findings)
    {
        Finding[] sorted = [.. findings
            .OrderBy(finding => finding.Id, StringComparer.Ordinal)
            .ThenBy(finding => finding.Package, StringComparer.Ordinal)
            .ThenBy(finding => finding.Version, StringComparer.Ordinal)];
        Finding[] rules = [.. sorted.GroupBy(finding => finding.Id).Select(group => group.MaxBy(finding => finding.Counted)!)];
        return SarifText.Write($"{gate}/{scanner}", [.. rules.Select(Rule)], sorted.Select(Result));
    }

    private static SarifRule Rule(Finding finding) => new(finding.Id, $"{finding.Id} in {finding.Package}.", Level(finding.Counted), Score(finding.Counted));

    private static SarifResult Result(Finding finding) => new(
        finding.Id,
        Level(finding.Counted),
        $"{finding}. {(finding.FixedVersion is { } version ? $"Fixed in {version}." : "No fixed version is known.")}",
        finding.Where,
        null,
        finding.Key.ToString());

    private static SarifLevel Level(Severity severity) => severity switch
    {
        Severity.Critical or Severity.High => SarifLevel.Error,
        Severity.Low => SarifLevel.Note,
        _ => SarifLevel.Warning,
    };

    /// <summary>The lowest score of each band, as text, which is the form that code hosts read.</summary>
    private static string Score(Severity severity) => severity switch
    {
        Severity.Critical => "9.0",
        Severity.High => "7.0",
        Severity.Medium => "4.0",
        _ => "0.1",
    };
}
