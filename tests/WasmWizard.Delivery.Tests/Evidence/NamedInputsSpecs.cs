using WasmWizard.Delivery.Evidence;

namespace WasmWizard.Delivery.Tests.Evidence;

/// <summary>The rule behind reused evidence and restored targets.</summary>
public class NamedInputsSpecs
{
    private static Dictionary<string, string> Inputs(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToDictionary(pair => pair.Split('=')[0], pair => pair.Split('=')[1]);

    [Theory]
    [InlineData("a=1 b=2", "b=2 a=1", "")]
    [InlineData("a=1 b=2", "a=1 b=3", "b changed")]
    [InlineData("a=1", "a=1 b=2", "b is new")]
    [InlineData("a=1 b=2", "a=1", "b is gone")]
    [InlineData("a=1 c=2", "a=2 b=2", "a changed, b is new, c is gone")]
    public void Every_difference_is_named_and_changes_the_key(string earlier, string now, string changes)
    {
        Assert.Equal(changes, string.Join(", ", NamedInputs.Changes(Inputs(earlier), Inputs(now))));
        Assert.Equal(changes.Length == 0, NamedInputs.KeyOf(Inputs(earlier)) == NamedInputs.KeyOf(Inputs(now)));
    }

    [Fact]
    public void Names_and_values_do_not_run_into_each_other() =>
        Assert.NotEqual(NamedInputs.KeyOf(new Dictionary<string, string> { ["ab"] = "c" }), NamedInputs.KeyOf(new Dictionary<string, string> { ["a"] = "bc" }));
}
