using WasmWizard.Delivery.Gates;

namespace WasmWizard.Delivery.Tests.Gates;

public class ClearanceSpecs
{
    [Theory]
    [InlineData(Strength.Required, Verdict.Passed, Clearance.Clear)]
    [InlineData(Strength.Required, Verdict.Refused, Clearance.Blocks)]
    [InlineData(Strength.Required, Verdict.Inconclusive, Clearance.Blocks)]
    [InlineData(Strength.Required, Verdict.Errored, Clearance.Blocks)]
    [InlineData(Strength.Guarded, Verdict.Passed, Clearance.Clear)]
    [InlineData(Strength.Guarded, Verdict.Refused, Clearance.Blocks)]
    [InlineData(Strength.Guarded, Verdict.Inconclusive, Clearance.Shown)]
    [InlineData(Strength.Guarded, Verdict.Errored, Clearance.Blocks)]
    [InlineData(Strength.Advisory, Verdict.Passed, Clearance.Clear)]
    [InlineData(Strength.Advisory, Verdict.Refused, Clearance.Shown)]
    [InlineData(Strength.Advisory, Verdict.Inconclusive, Clearance.Shown)]
    [InlineData(Strength.Advisory, Verdict.Errored, Clearance.Shown)]
    public void The_table_of_the_policy_holds(Strength strength, Verdict verdict, Clearance expected) =>
        Assert.Equal(expected, verdict.Under(strength));
}
