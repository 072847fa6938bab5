using System.Text.Json.Nodes;
using WasmWizard.Delivery.Checking.Reports;

namespace WasmWizard.Delivery.Checking.Tests;

/// <summary>The same findings for people, programs and code hosts.</summary>
public sealed class ReportSpecs
{
    private static readonly CheckFinding[] Findings =
    [
        new("WW6110", CheckSeverity.Warning, "a.yml", 1, "pinned", "uses: a@v1", "pin it"),
        new("WW6201", CheckSeverity.Error, "a.yml", 7, "a check fails", "cargo audit\n|| true", "let it fail"),
        new("WW6110", CheckSeverity.Warning, "a.yml", 9, "pinned", "uses: b@v1", "pin it"),
        new("WW6110", CheckSeverity.Warning, "b.yml", 2, "pinned", "uses: c@v1", "pin it"),
        new("WW6110", CheckSeverity.Warning, "b.yml", 3, "pinned", "uses: d@v1", "pin it"),
    ];

    [Fact]
    public void People_read_errors_first_and_many_warnings_of_a_rule_together() => Assert.Equal(
        [
            "WW6201 error: A check cannot fail",
            "  at        a.yml:7",
            "  found     cargo audit || true",
            "  promised  a check fails",
            "  fix       let it fail",
            "",
            "WW6110 warning: An action is not pinned (4 places)",
            "  at        a.yml: lines 1, 9",
            "  at        b.yml: lines 2, 3",
            "  found     uses: a@v1, and 3 more",
            "  promised  pinned",
            "  fix       pin it",
            "",
        ],
        CheckText.Lines(Findings, RepositoryCheck.Rules));

    [Fact]
    public void The_summary_counts() =>
        Assert.Equal(["1 error, 4 warnings", "no findings", "0 errors, 1 warning"], [CheckText.Summary(Findings), CheckText.Summary([]), CheckText.Summary([Findings[0]])]);

    [Fact]
    public void Programs_read_each_finding_as_the_contract_shapes_it()
    {
        var findings = JsonNode.Parse(CheckJson.Write(Findings))!["findings"]!.AsArray();

        Assert.Equal(5, findings.Count);
        Assert.Equal(["rule", "severity", "file", "line", "promised", "found", "fix"], findings[0]!.AsObject().Select(property => property.Key));
        Assert.Equal(("error", 7), ((string?)findings[1]!["severity"], (int)findings[1]!["line"]!));
    }

    [Fact]
    public void Code_hosts_read_rules_and_places()
    {
        var run = JsonNode.Parse(CheckSarif.Write(Findings, RepositoryCheck.Rules))!["runs"]![0]!;
        var second = run["results"]![1]!;

        Assert.Equal(RepositoryCheck.Rules.Count, run["tool"]!["driver"]!["rules"]!.AsArray().Count);
        Assert.Equal("WW6201", (string?)run["tool"]!["driver"]!["rules"]![(int)second["ruleIndex"]!]!["id"]);
        Assert.Equal(("error", 7), ((string?)second["level"], (int)second["locations"]![0]!["physicalLocation"]!["region"]!["startLine"]!));
    }

    [Fact]
    public void The_reference_lists_every_rule_once()
    {
        var page = CheckPage.Of(RepositoryCheck.Rules).Content;

        Assert.All(RepositoryCheck.Rules, rule => Assert.Single(page.Split('\n'), line => line.StartsWith($"| {rule.Id} |", StringComparison.Ordinal)));
    }
}
