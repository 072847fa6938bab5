using System.Text.Json;

namespace WasmWizard.EndToEnd.Tests;

/// <summary>The gate that the strategy is proudest of, broken on purpose.</summary>
[Trait("suite", "complete")]
public sealed class CoverageGateSpecs(FreshClone clone) : IClassFixture<FreshClone>
{
    [ToolFact("git")]
    public async Task Removing_tests_turns_the_gate_red_with_its_number()
    {
        await clone.KeepTests("WasmWizard.Delivery.Tests");

        var tested = await clone.Build("Test", "--branch", "master");
        Assert.True(tested.ExitCode == 3, tested.ToString());

        var verified = await clone.Build("Verify", "--branch", "master", "--json");
        Assert.True(verified.ExitCode == 3, verified.ToString());
        using var json = JsonDocument.Parse(verified.Output);
        var coverage = json.RootElement.GetProperty("gates").EnumerateArray().Single(gate => gate.GetProperty("name").GetString() == "coverage");
        Assert.Equal("Refused", coverage.GetProperty("verdict").GetString());
        Assert.InRange(coverage.GetProperty("measurements").GetProperty("linesPercent").GetDecimal(), 1, 84.99m);
    }
}
