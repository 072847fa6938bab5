using WasmWizard.Delivery.Releases;

namespace WasmWizard.Delivery.Tests.Releases;

public class ConfigHashSpecs
{
    [Fact]
    public void The_order_of_the_variables_does_not_matter() => Assert.Equal(
        ConfigHash.Of(new Dictionary<string, string> { ["A"] = "1", ["B"] = "2" }),
        ConfigHash.Of(new Dictionary<string, string> { ["B"] = "2", ["A"] = "1" }));

    [Fact]
    public void Every_difference_matters()
    {
        var hashes = new Dictionary<string, string>[]
        {
            [], new() { ["A"] = "" }, new() { ["A"] = "1" }, new() { ["a"] = "1" }, new() { ["A1"] = "" }, new() { ["A"] = "1\n" },
            new() { ["A"] = "1", ["B"] = "2" }, new() { ["A"] = "1,1:B,1:2" }, new() { ["A"] = "é" },
        }.Select(variables => ConfigHash.Of(variables)).ToList();

        Assert.Equal(hashes.Count, hashes.Distinct().Count());
    }
}
