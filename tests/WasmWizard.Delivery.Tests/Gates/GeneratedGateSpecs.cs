using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Generation;

namespace WasmWizard.Delivery.Tests.Gates;

public class GeneratedGateSpecs
{
    [Fact]
    public void Equal_files_pass() => Assert.Equal(Verdict.Passed, GeneratedGate.Judge([]).Verdict);

    [Fact]
    public void A_difference_refuses_and_names_the_command()
    {
        var result = GeneratedGate.Judge([new GeneratedDifference.Missing("a.yml"), new GeneratedDifference.Unexpected("b.yml")]);

        Assert.Equal((Verdict.Refused, "./build.sh Generate", 2m), (result.Verdict, result.Fix, result.Measurements["files"]));
        Assert.Contains("a.yml", result.Reason, StringComparison.Ordinal);
    }
}
