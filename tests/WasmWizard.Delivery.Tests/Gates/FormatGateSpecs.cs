using WasmWizard.Delivery.Gates;

namespace WasmWizard.Delivery.Tests.Gates;

public class FormatGateSpecs
{
    [Theory]
    [InlineData(0, Verdict.Passed)]
    [InlineData(2, Verdict.Refused)]
    [InlineData(1, Verdict.Errored)]
    [InlineData(134, Verdict.Errored)]
    public void The_exit_code_decides(int exitCode, Verdict expected) => Assert.Equal(expected, FormatGate.Judge(exitCode, []).Verdict);

    [Fact]
    public void A_refusal_counts_the_files_and_names_the_first_three()
    {
        var result = FormatGate.Judge(2, ["a.cs", "b.cs", "c.cs", "d.cs", "e.cs"]);

        Assert.Equal("5 files would change: a.cs, b.cs, c.cs and 2 more", result.Reason);
        Assert.Equal(5, result.Measurements["files"]);
        Assert.Equal("./build.sh Format --fix", result.Fix);
    }
}
