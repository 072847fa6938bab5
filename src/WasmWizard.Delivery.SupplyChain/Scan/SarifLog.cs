using System.Text.Json.Nodes;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Audit;

namespace WasmWizard.Delivery.SupplyChain.Scan;

/// <summary>Findings as SARIF 2.1.0, for code hosts and editors. The same findings give the same bytes.</summary>
public static class SarifLog
{
    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";

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
        var run = new JsonObject
        {
            ["tool"] = new JsonObject
            {
                ["driver"] = new JsonObject
                {
                    ["name"] = "Wasm Wizard Delivery",
                    ["semanticVersion"] = "1.0.0",
                    ["informationUri"] = "https://wasm-wizard.com",
                    ["rules"] = new JsonArray([.. rules.Select(Rule)]),
                },
            },
            ["automationDetails"] = new JsonObject { ["id"] = $"{gate}/{scanner}/" },
            ["columnKind"] = "utf16CodeUnits",
            ["results"] = new JsonArray([.. sorted.Select(finding => Result(finding, Array.FindIndex(rules, rule => rule.Id == finding.Id)))]),
        };
        return new JsonObject { ["$schema"] = Schema, ["version"] = "2.1.0", ["runs"] = new JsonArray(run) }
            .ToJsonString(new() { WriteIndented = true, NewLine = "\n" }) + "\n";
    }

    private static JsonObject Rule(Finding finding) => new JsonObject
    {
        ["id"] = finding.Id,
        ["shortDescription"] = new JsonObject { ["text"] = $"{finding.Id} in {finding.Package}." },
        ["defaultConfiguration"] = new JsonObject { ["level"] = Level(finding.Counted) },
        ["properties"] = new JsonObject { ["security-severity"] = Score(finding.Counted), ["tags"] = new JsonArray("security") },
    };

    private static JsonObject Result(Finding finding, int rule) => new JsonObject
    {
        ["ruleId"] = finding.Id,
        ["ruleIndex"] = rule,
        ["level"] = Level(finding.Counted),
        ["message"] = new JsonObject { ["text"] = $"{finding}. {(finding.FixedVersion is { } version ? $"Fixed in {version}." : "No fixed version is known.")}" },
        ["locations"] = new JsonArray(new JsonObject
        {
            ["physicalLocation"] = new JsonObject { ["artifactLocation"] = new JsonObject { ["uri"] = Uri.EscapeDataString(finding.Where).Replace("%2F", "/", StringComparison.Ordinal) } },
        }),
        ["partialFingerprints"] = new JsonObject { ["finding/v1"] = finding.Key.ToString() },
    };

    private static string Level(Severity severity) => severity switch
    {
        Severity.Critical or Severity.High => "error",
        Severity.Low => "note",
        _ => "warning",
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
