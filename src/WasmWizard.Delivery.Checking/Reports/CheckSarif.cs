using WasmWizard.Delivery.Sarif;

namespace WasmWizard.Delivery.Checking.Reports;

/// <summary>Findings for code hosts and editors.</summary>
public static class CheckSarif
{
    /// <param name="findings">In the order in which they are shown.</param>
    /// <param name="rules">All rules: a code host shows also those that found nothing.</param>
    public static string Write(IEnumerable<CheckFinding> findings, IEnumerable<CheckRule> rules) => SarifText.Write(
        "check",
        [.. rules.Select(rule => new SarifRule(rule.Id, $"{rule.Title}.", Level(rule.Severity)))],
        findings.Select(finding => new SarifResult(
            finding.Rule,
            Level(finding.Severity),
            $"Found: {finding.Found}. Promised: {finding.Promised}. Fix: {finding.Fix}.",
            finding.File,
            finding.Line,
            $"{finding.Rule} {finding.File} {finding.Found}")));

    private static SarifLevel Level(CheckSeverity severity) => severity == CheckSeverity.Error ? SarifLevel.Error : SarifLevel.Warning;
}
