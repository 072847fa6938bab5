using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Audit;
using Xunit.Abstractions;
using static WasmWizard.Delivery.Tests.Gates.AuditGateSpecs;

namespace WasmWizard.Delivery.Tests.Gates;

/// <summary>A measurement that passes on every branch, and what happens when one thing about it is broken.</summary>
public class AuditGateMutationSpecs(ITestOutputHelper output)
{
    private static readonly (string Broken, AuditObservation Observation, Waiver[] Waivers, Verdict Expected)[] Mutations =
    [
        ("a CRITICAL finding", With(Found(Severity.Critical)), [], Verdict.Refused),
        ("a waived CRITICAL finding", With(Found(Severity.Critical)), [Waiver()], Verdict.Refused),
        ("an expired waiver", Healthy, [Waiver() with { Expiry = new DateOnly(2026, 2, 28) }], Verdict.Refused),
        ("a waiver without owner", Healthy, [Waiver() with { Owner = " " }], Verdict.Refused),
        ("a waiver without anything", Healthy, [new(null, null, null, null, null)], Verdict.Refused),
        ("no data", new AuditObservation.NoData("none", "get some"), [], Verdict.Inconclusive),
        ("an empty database", Healthy with { Advisories = 0 }, [], Verdict.Inconclusive),
        ("no packages", Healthy with { Packages = 0 }, [], Verdict.Inconclusive),
        ("a tool that fails", new AuditObservation.Failed("broken", "mend it"), [], Verdict.Errored),
        ("a control package that the matcher misses", Healthy with { ControlFlagged = false }, [], Verdict.Errored),
        ("a control package that NuGet misses", Healthy with { ControlFlaggedByNuGet = false }, [], Verdict.Errored),
        ("a control package that both miss", Healthy with { ControlFlagged = false, ControlFlaggedByNuGet = false }, [], Verdict.Errored),
        ("a finding of NuGet's alone", Healthy with { SecondOpinion = [Found(Severity.Low).Key] }, [], Verdict.Errored),
        ("a finding of the matcher's alone", Healthy with { Findings = [Found(Severity.Low)], Comparable = [Found(Severity.Low).Key] }, [], Verdict.Errored),
        ("a clock before the data", Healthy with { DataAsOf = Now.AddHours(1) }, [], Verdict.Errored),
    ];

    public static TheoryData<string> Names { get; } = [.. Mutations.Select(mutation => mutation.Broken)];

    [Theory]
    [InlineData(SecurityLevel.Maximum)]
    [InlineData(SecurityLevel.High)]
    [InlineData(SecurityLevel.Moderate)]
    public void The_unbroken_measurement_passes(SecurityLevel level) => Assert.Equal(Verdict.Passed, Judge(level, Healthy).Verdict);

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_way_to_break_it_turns_it_red_on_every_branch(string broken)
    {
        var mutation = Mutations.Single(row => row.Broken == broken);
        foreach (var level in Enum.GetValues<SecurityLevel>())
        {
            var result = Judge(level, mutation.Observation, mutation.Waivers);
            output.WriteLine($"audit | {broken} | {level} | {result.Verdict} | {result.Reason}");
            Assert.Equal(mutation.Expected, result.Verdict);
            Assert.NotEmpty(result.Fix);
        }
    }

    [Fact]
    public void Stale_data_turns_it_red_where_the_branch_limits_its_age() =>
        Assert.All(
            [SecurityLevel.Maximum, SecurityLevel.High],
            level => Assert.Equal(Verdict.Inconclusive, Judge(level, Healthy with { DataAsOf = Now.AddDays(-31) }).Verdict));
}
