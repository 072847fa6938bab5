using WasmWizard.Delivery.Rehearsal;

namespace WasmWizard.Delivery.Kubernetes.Tests;

/// <summary>What anybody can see without a cluster: each fault, and how it is survived.</summary>
[Trait("suite", "complete")]
public sealed class RehearsalSpecs
{
    private static readonly Rehearsal.Rehearsal Rehearsal = new(Stage.Settings, seed: 1);

    public static TheoryData<string> Faults => [.. FaultCatalog.All.Select(fault => fault.Name)];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Every_fault_of_the_catalog_is_survived(string name)
    {
        var result = await Rehearsal.Run(FaultCatalog.All.Single(fault => fault.Name == name), default);

        Assert.True(result.IsSurvived, $"{string.Join("; ", result.Lacks)}\n{string.Join('\n', result.Timeline.Select(moment => $"{moment.At} {moment.Text}"))}");
    }

    [Fact]
    public async Task Equal_seeds_give_equal_rehearsals()
    {
        var fault = FaultCatalog.All.Single(fault => fault.Name == "lost-replies");

        var (first, second) = (await Rehearsal.Run(fault, default), await Rehearsal.Run(fault, default));

        Assert.Equal(first.Timeline.Select(moment => (moment.At, moment.Kind)), second.Timeline.Select(moment => (moment.At, moment.Kind)));
        Assert.True(first.Faults > 0);
    }

    [Fact]
    public async Task The_page_is_labelled_shows_every_fault_and_loads_nothing()
    {
        var survived = await Rehearsal.Run(FaultCatalog.All[0], default);
        var page = RehearsalPage.Render("production", 1, [survived, survived with { Lacks = ["<nothing> served"] }]);

        Assert.Contains("A rehearsal: a simulated cluster", page, StringComparison.Ordinal);
        Assert.Contains($"Survived.</span> {survived.Fault.Survival}", page, StringComparison.Ordinal);
        Assert.Contains("1 of 2 faults survived", page, StringComparison.Ordinal);
        Assert.Contains("Not survived:</span> &lt;nothing&gt; served", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }
}
