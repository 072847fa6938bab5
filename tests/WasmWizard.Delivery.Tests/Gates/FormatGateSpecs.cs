using WasmWizard.Delivery.Gates;

namespace WasmWizard.Delivery.Tests.Gates;

public class FormatGateSpecs
{
    [Theory]
    [InlineData(Verdict.Passed, 0)]
    [InlineData(Verdict.Refused, 2)]
    [InlineData(Verdict.Errored, 1)]
    [InlineData(Verdict.Errored, 134)]
    [InlineData(Verdict.Passed, 0, 0)]
    [InlineData(Verdict.Refused, 0, 2)]
    [InlineData(Verdict.Refused, 2, 0)]
    [InlineData(Verdict.Errored, 2, 1)]
    [InlineData(Verdict.Errored, 134, 0)]
    [InlineData(Verdict.Inconclusive)]
    public void The_worst_exit_code_decides(Verdict expected, params int[] exitCodes) => Assert.Equal(expected, FormatGate.Judge(exitCodes, []).Verdict);

    [Fact]
    public void A_refusal_counts_the_files_and_names_the_first_three()
    {
        var result = FormatGate.Judge([2], ["a.cs", "b.cs", "c.cs", "d.cs", "e.cs"]);

        Assert.Equal("5 files would change: a.cs, b.cs, c.cs and 2 more", result.Reason);
        Assert.Equal(5, result.Measurements["files"]);
        Assert.Equal("./build.sh Format --fix", result.Fix);
    }
}
