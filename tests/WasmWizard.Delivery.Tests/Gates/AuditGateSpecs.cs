using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Audit;

namespace WasmWizard.Delivery.Tests.Gates;

public class AuditGateSpecs
{
    internal static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    internal static readonly AuditObservation.Measured Healthy = new()
    {
        Packages = 40,
        Advisories = 5000,
        Findings = [],
        Comparable = [],
        SecondOpinion = [],
        ControlFlagged = true,
        ControlFlaggedByNuGet = true,
        DataAsOf = Now.AddDays(-1),
        DataFrom = "https://advisories.test",
    };

    [Theory]
    [InlineData(SecurityLevel.Maximum, Severity.Critical, false, Verdict.Refused)]
    [InlineData(SecurityLevel.Maximum, Severity.High, false, Verdict.Refused)]
    [InlineData(SecurityLevel.Maximum, Severity.Unknown, false, Verdict.Refused)]
    [InlineData(SecurityLevel.Maximum, Severity.Medium, false, Verdict.Passed)]
    [InlineData(SecurityLevel.Maximum, Severity.Low, false, Verdict.Passed)]
    [InlineData(SecurityLevel.Maximum, Severity.High, true, Verdict.Refused)]
    [InlineData(SecurityLevel.High, Severity.Critical, false, Verdict.Refused)]
    [InlineData(SecurityLevel.High, Severity.Critical, true, Verdict.Refused)]
    [InlineData(SecurityLevel.High, Severity.High, true, Verdict.Refused)]
    [InlineData(SecurityLevel.High, Severity.Medium, false, Verdict.Refused)]
    [InlineData(SecurityLevel.High, Severity.Medium, true, Verdict.Passed)]
    [InlineData(SecurityLevel.High, Severity.Low, false, Verdict.Refused)]
    [InlineData(SecurityLevel.High, Severity.Low, true, Verdict.Passed)]
    [InlineData(SecurityLevel.High, Severity.Unknown, false, Verdict.Refused)]
    [InlineData(SecurityLevel.High, Severity.Unknown, true, Verdict.Passed)]
    [InlineData(SecurityLevel.Moderate, Severity.Critical, false, Verdict.Refused)]
    [InlineData(SecurityLevel.Moderate, Severity.Critical, true, Verdict.Refused)]
    [InlineData(SecurityLevel.Moderate, Severity.High, false, Verdict.Passed)]
    [InlineData(SecurityLevel.Moderate, Severity.Medium, false, Verdict.Passed)]
    [InlineData(SecurityLevel.Moderate, Severity.Unknown, false, Verdict.Passed)]
    public void The_branch_decides_which_severities_go_through(SecurityLevel level, Severity severity, bool waived, Verdict expected)
    {
        var result = Judge(level, With(Found(severity)), waived ? [Waiver()] : []);

        Assert.Equal(expected, result.Verdict);
        Assert.Equal(1, result.Measurements[severity.ToString().ToLowerInvariant()]);
        Assert.Equal(expected == Verdict.Passed, result.Fix.Length == 0);
    }

    [Theory]
    [InlineData(SecurityLevel.Maximum, 6.9, Verdict.Passed)]
    [InlineData(SecurityLevel.Maximum, 7.1, Verdict.Inconclusive)]
    [InlineData(SecurityLevel.High, 29.9, Verdict.Passed)]
    [InlineData(SecurityLevel.High, 30.1, Verdict.Inconclusive)]
    [InlineData(SecurityLevel.Moderate, 4000, Verdict.Passed)]
    public void Old_data_cannot_tell(SecurityLevel level, double days, Verdict expected) =>
        Assert.Equal(expected, Judge(level, Healthy with { DataAsOf = Now.AddDays(-days) }).Verdict);

    [Fact]
    public void What_old_data_already_knew_still_refuses() =>
        Assert.Equal(Verdict.Refused, Judge(SecurityLevel.Maximum, With(Found(Severity.High)) with { DataAsOf = Now.AddYears(-1) }).Verdict);

    [Theory]
    [InlineData(0, Verdict.Passed)]
    [InlineData(1, Verdict.Refused)]
    public void A_waiver_holds_until_the_end_of_its_last_day(int daysAfter, Verdict expected) =>
        Assert.Equal(expected, Judge(SecurityLevel.High, With(Found(Severity.Low)), [Waiver() with { Expiry = DateOnly.FromDateTime(Now.UtcDateTime.AddDays(-daysAfter)) }]).Verdict);

    [Fact]
    public void A_waiver_for_another_package_does_not_help() =>
        Assert.Equal(Verdict.Refused, Judge(SecurityLevel.High, With(Found(Severity.Low)), [Waiver("Other")]).Verdict);

    [Fact]
    public void All_reasons_of_a_refusal_are_counted_and_the_worst_comes_first()
    {
        var result = Judge(
            SecurityLevel.Maximum,
            With(Found(Severity.High, "A-1"), Found(Severity.Critical, "B-2"), Found(Severity.Low, "C-3"), Found(Severity.Unknown, "D-4")),
            [new("X", "Y", "", null, null)]);

        Assert.Equal(
            "1 CRITICAL, 1 HIGH, 1 LOW, 1 UNKNOWN; against a deployment: CRITICAL B-2 in Sample 1.0.0; HIGH A-1 in Sample 1.0.0; UNKNOWN D-4 in Sample 1.0.0 and 1 more",
            result.Reason);
        Assert.Equal("move Sample to 1.0.1 or later in Directory.Packages.props", result.Fix);
    }

    [Fact]
    public void A_package_without_a_fixed_version_is_to_be_replaced() =>
        Assert.Equal(
            "replace Sample: no version without A-1 is known",
            Judge(SecurityLevel.Maximum, With(Found(Severity.High) with { FixedVersion = null })).Fix);

    internal static GateResult Judge(SecurityLevel level, AuditObservation observation, IReadOnlyList<Waiver>? waivers = null) => AuditGate.Judge(
        VulnerabilityPolicy.Audit(level),
        observation,
        waivers ?? [],
        level switch { SecurityLevel.Maximum => TimeSpan.FromDays(7), SecurityLevel.High => TimeSpan.FromDays(30), _ => null },
        Now);

    internal static AuditObservation.Measured With(params Finding[] findings)
    {
        FindingKey[] keys = [.. findings.Select(finding => finding.Key)];
        return Healthy with { Findings = findings, Comparable = keys, SecondOpinion = keys };
    }

    internal static Finding Found(Severity severity, string id = "A-1") => new(id, "Sample", "1.0.0", severity) { FixedVersion = "1.0.1" };

    internal static Waiver Waiver(string package = "sample") => new("a-1", package, "the call is not reachable", "ada", DateOnly.FromDateTime(Now.UtcDateTime));
}
