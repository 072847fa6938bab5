using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Audit;
using WasmWizard.Delivery.Gates.Scan;
using WasmWizard.Delivery.Releases;
using Xunit.Abstractions;

namespace WasmWizard.Delivery.Tests.Gates;

public class ScanGateSpecs(ITestOutputHelper output)
{
    internal static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Digest Release = Digest.Of("release"u8);

    internal static readonly ScanObservation.Measured Healthy = new()
    {
        Image = Release,
        Scanner = "embedded",
        SystemPackages = 12,
        ApplicationPackages = 30,
        Findings = [],
        DataAsOf = Now.AddDays(-1),
        DataValidUntil = Now.AddDays(6),
        Limit = "only what has a fix",
    };

    private static readonly (string Broken, ScanObservation Observation, Verdict Expected)[] Mutations =
    [
        ("a CRITICAL finding", Healthy with { Findings = [Found(Severity.Critical)] }, Verdict.Refused),
        ("a scan of another image", Healthy with { Image = Digest.Of("other"u8) }, Verdict.Refused),
        ("a scan of another image that errs, too", Healthy with { Image = Digest.Of("other"u8), DataAsOf = null }, Verdict.Refused),
        ("no data", new ScanObservation.NoData("no index", "get one"), Verdict.Inconclusive),
        ("no system packages", Healthy with { SystemPackages = 0 }, Verdict.Inconclusive),
        ("no application packages", Healthy with { ApplicationPackages = 0 }, Verdict.Inconclusive),
        ("data of unknown age", Healthy with { DataAsOf = null }, Verdict.Inconclusive),
        ("an index past its validity", Healthy with { DataValidUntil = Now.AddMinutes(-1) }, Verdict.Inconclusive),
        ("data past the branch's age", Healthy with { DataAsOf = Now.AddDays(-8) }, Verdict.Inconclusive),
        ("a scanner that fails", new ScanObservation.Failed("broken", "mend it"), Verdict.Errored),
        ("a clock before the data", Healthy with { DataAsOf = Now.AddHours(1) }, Verdict.Errored),
    ];

    public static TheoryData<string> Names { get; } = [.. Mutations.Select(mutation => mutation.Broken)];

    [Theory]
    [InlineData(SecurityLevel.Maximum, Severity.Critical, false, Verdict.Refused)]
    [InlineData(SecurityLevel.Maximum, Severity.High, false, Verdict.Refused)]
    [InlineData(SecurityLevel.Maximum, Severity.Medium, false, Verdict.Passed)]
    [InlineData(SecurityLevel.Maximum, Severity.Unknown, false, Verdict.Passed)]
    [InlineData(SecurityLevel.Maximum, Severity.Unknown, true, Verdict.Refused)]
    [InlineData(SecurityLevel.Maximum, Severity.Low, true, Verdict.Refused)]
    [InlineData(SecurityLevel.High, Severity.High, false, Verdict.Refused)]
    [InlineData(SecurityLevel.High, Severity.Unknown, true, Verdict.Refused)]
    [InlineData(SecurityLevel.High, Severity.Medium, false, Verdict.Passed)]
    [InlineData(SecurityLevel.Moderate, Severity.Critical, false, Verdict.Refused)]
    [InlineData(SecurityLevel.Moderate, Severity.Critical, true, Verdict.Refused)]
    [InlineData(SecurityLevel.Moderate, Severity.High, false, Verdict.Passed)]
    [InlineData(SecurityLevel.Moderate, Severity.Unknown, true, Verdict.Passed)]
    public void The_branch_decides_and_a_missing_update_counts_as_high(SecurityLevel level, Severity severity, bool missingUpdate, Verdict expected) =>
        Assert.Equal(expected, Judge(Healthy with { Findings = [Found(severity) with { IsMissingUpdate = missingUpdate }] }, level).Verdict);

    [Fact]
    public void The_unbroken_measurement_passes_and_says_what_the_scanner_cannot_see()
    {
        var result = Judge(Healthy);

        Assert.Equal(Verdict.Passed, result.Verdict);
        Assert.Equal(
            "no known vulnerability; 12 packages of the distribution and 30 of the application, data as of 2026-02-28 (embedded: only what has a fix)",
            result.Reason);
        Assert.Equal(12, result.Measurements["systemPackages"]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_way_to_break_it_turns_it_red(string broken)
    {
        var mutation = Mutations.Single(row => row.Broken == broken);

        var result = Judge(mutation.Observation);

        output.WriteLine($"scan | {broken} | {result.Verdict} | {result.Reason}");
        Assert.Equal(mutation.Expected, result.Verdict);
        Assert.NotEmpty(result.Fix);
    }

    [Fact]
    public void A_refusal_names_the_update_or_says_that_there_is_none()
    {
        var refused = Judge(Healthy with { Findings = [Found(Severity.High) with { FixedVersion = "3.5.1-1" }], Limit = "" });

        Assert.Equal("1 HIGH; against a deployment: HIGH CVE-1 in libssl3t64 3.5.0-1 (embedded)", refused.Reason);
        Assert.Equal("rebuild the image with libssl3t64 3.5.1-1 or later: ./build.sh Image Scan", refused.Fix);
        Assert.Contains("no version without CVE-1", Judge(Healthy with { Findings = [Found(Severity.High)] }).Fix, StringComparison.Ordinal);
    }

    internal static GateResult Judge(ScanObservation observation, SecurityLevel level = SecurityLevel.Maximum) =>
        ScanGate.Judge(VulnerabilityPolicy.Scan(level), observation, Release, TimeSpan.FromDays(7), Now);

    private static Finding Found(Severity severity) => new("CVE-1", "libssl3t64", "3.5.0-1", severity);
}
