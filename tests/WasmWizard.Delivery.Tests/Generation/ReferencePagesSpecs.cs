using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Generation;
using WasmWizard.Delivery.Tests.Environments;

namespace WasmWizard.Delivery.Tests.Generation;

public class ReferencePagesSpecs
{
    private static readonly (string, string)[] Targets = [("Test", "Run the tests"), ("Deploy", "Roll out a|b")];

    [Fact]
    public void Every_page_says_how_it_came_about()
    {
        var pages = ReferencePages.Of(SampleStrategy.Create(), Targets);

        Assert.Equal(["docs/reference/environments.md", "docs/reference/gates.md", "docs/reference/targets.md"], pages.Select(page => page.Path));
        Assert.All(pages, page => Assert.True(GeneratedHeader.Marks(System.Text.Encoding.UTF8.GetBytes(page.Content))));
    }

    [Fact]
    public void The_page_of_gates_shows_each_branch_and_what_is_not_built()
    {
        var page = Page("gates", SampleStrategy.Create(GateId.Audit));

        Assert.Contains("| `coverage` | `Test` | Required: lines >= 85 % | Required: lines >= 85 % | Advisory: lines >= 85 % |\n", page, StringComparison.Ordinal);
        Assert.Contains("| `audit` (not built) |", page, StringComparison.Ordinal);
        Assert.DoesNotContain("`tests` (not built)", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_of_environments_has_a_column_for_each()
    {
        var page = Page("environments", SampleStrategy.Create());

        Assert.Contains("|  | production | staging | research |\n| --- | --- | --- | --- |\n| Branch | `master` | `development` | `research` |\n", page, StringComparison.Ordinal);
        Assert.Contains("| Targets | kubernetes | compose, kubernetes | local, compose |\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bar_in_a_cell_does_not_break_the_table() =>
        Assert.Contains("| `Deploy` | Roll out a\\|b |\n", Page("targets", SampleStrategy.Create()), StringComparison.Ordinal);

    [Fact]
    public void Readme_keeps_everything_but_the_table_between_its_markers()
    {
        const string Readme = "before\n<!-- generated:targets -->\nold\n<!-- /generated:targets -->\nafter\n";

        var once = ReferencePages.IntoReadme(Readme, Targets);

        Assert.StartsWith("before\n<!-- generated:targets -->\n| Target | Does |\n", once, StringComparison.Ordinal);
        Assert.EndsWith("<!-- /generated:targets -->\nafter\n", once, StringComparison.Ordinal);
        Assert.DoesNotContain("old", once, StringComparison.Ordinal);
        Assert.Equal(once, ReferencePages.IntoReadme(once, Targets));
        Assert.Throws<FormatException>(() => ReferencePages.IntoReadme("no markers\n", Targets));
    }

    private static string Page(string name, WasmWizard.Delivery.Environments.DeliveryStrategy strategy) =>
        ReferencePages.Of(strategy, Targets).Single(page => page.Path.EndsWith($"{name}.md", StringComparison.Ordinal)).Content;
}
