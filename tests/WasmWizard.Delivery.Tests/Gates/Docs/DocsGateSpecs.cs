using WasmWizard.Delivery.Gates;
using WasmWizard.Delivery.Gates.Docs;
using WasmWizard.Delivery.Generation;

namespace WasmWizard.Delivery.Tests.Gates.Docs;

public class DocsGateSpecs
{
    /// <summary>Documents in order: links of every form, a decision, a told change.</summary>
    internal static DocsObservation Healthy { get; } = Of(new()
    {
        ["README.md"] = """
            # Read me
            ## Where & why
            See [decisions](docs/adr/README.md "all of them"), ![plan](<docs/the plan.svg>), [docs](docs/), [here](#where--why), [web](https://example.test/x#y).
            [ref]: docs/glossary.md#a-word
            `[not a link](nowhere.md)`
            ```bash
            ./build.sh Deploy --branch research   # [not](a-link.md)
            ```
            """,
        ["docs/glossary.md"] = "# Words\n## A `word`\n## A word\n<a href=\"../README.md#read-me\">back</a> [twice](#a-word-1)\n",
        ["docs/adr/README.md"] = "- [0001 One](0001-one.md)\n",
        ["docs/adr/0001-one.md"] = "# 0001 One\n\n## Confirmation\n`OneSpecs`\n",
        ["CHANGELOG.md"] = "# Changes\n\n## Unreleased\n\n- The service answers faster.\n\n## 1.0.0\n\n- First.\n",
    });

    [Fact]
    public void True_documents_pass()
    {
        var result = DocsGate.Judge(Healthy);

        Assert.True(result.Verdict == Verdict.Passed, result.Reason);
        Assert.Equal(5, result.Measurements["documents"]);
    }

    [Theory]
    [InlineData("[x](nowhere.md)", "nowhere.md leads to nothing")]
    [InlineData("[x](../../etc/passwd)", "leaves the repository")]
    [InlineData("[x](README.md#gone)", "names no heading of README.md")]
    [InlineData("[x](readme.md)", "leads to nothing")]
    [InlineData("[x]: nowhere.md", "leads to nothing")]
    [InlineData("<img src=\"x.png\">", "leads to nothing")]
    [InlineData("```\n./build.sh Depoly\n```", "there is no target Depoly")]
    [InlineData("~~~sh\nBuild=1 ./build.sh Deploy --brnch x\n~~~", "there is no parameter --brnch")]
    public void A_wrong_link_or_command_is_refused_with_its_line(string line, string expected)
    {
        var result = DocsGate.Judge(With("docs.md", "# D\n" + line));

        Assert.Equal(Verdict.Refused, result.Verdict);
        Assert.Contains(expected, result.Reason, StringComparison.Ordinal);
        Assert.Matches(@"docs\.md:[23] ", result.Reason);
    }

    [Theory]
    [InlineData("src/WasmWizard.Service/Web/Bodies.cs", true)]
    [InlineData("build/Strategy.cs", true)]
    [InlineData("build/Targets/ITest.cs", true)]
    [InlineData("docker-compose.dev.yml", true)]
    [InlineData("build.sh", true)]
    [InlineData("src/WasmWizard.Service/README.md", false)]
    [InlineData("src/WasmWizard.Delivery/Plans/Plan.cs", false)]
    [InlineData("tests/WasmWizard.Service.Tests/FormSpecs.cs", false)]
    [InlineData("docs/glossary.md", false)]
    public void What_users_notice_wants_an_entry(string changed, bool visible)
    {
        var told = Healthy with { Changed = [changed] };
        Assert.Equal(visible, Changelog.IsVisible(changed));
        Assert.Equal(Verdict.Passed, DocsGate.Judge(told).Verdict);
        Assert.Equal(visible ? Verdict.Refused : Verdict.Passed, DocsGate.Judge(told with { BaseChangelog = Healthy.Documents["CHANGELOG.md"] }).Verdict);
    }

    [Fact]
    public void An_entry_that_the_last_release_had_already_tells_nothing()
    {
        var moved = Healthy with { Changed = ["build.sh"], BaseChangelog = "# Changes\n\n## Unreleased\n\n## 1.0.0\n\n- The service answers faster.\n" };

        Assert.Equal(Verdict.Refused, DocsGate.Judge(moved).Verdict);
    }

    [Fact]
    public void Decisions_are_indexed_and_held_by_a_test()
    {
        Assert.Contains("does not list it", DocsGate.Judge(With("docs/adr/0002-two.md", "# 0002\n\n## Confirmation\n`OneSpecs`")).Reason, StringComparison.Ordinal);
        Assert.Contains("names no test", DocsGate.Judge(With("docs/adr/0001-one.md", "# 0001 One\n")).Reason, StringComparison.Ordinal);
        Assert.Contains("GoneSpecs", DocsGate.Judge(With("docs/adr/0001-one.md", "# 0001 One\n\n## Confirmation\n`GoneSpecs`")).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stale_reference_is_refused_and_a_stale_workflow_is_another_gates_business()
    {
        Assert.Equal(Verdict.Refused, DocsGate.Judge(Healthy with { Generated = [new GeneratedDifference.Missing("docs/reference/gates.md")] }).Verdict);
        Assert.Equal(Verdict.Passed, DocsGate.Judge(Healthy with { Generated = [new GeneratedDifference.Missing(".github/workflows/x.yml")] }).Verdict);
    }

    internal static DocsObservation With(string path, string text) => Of(new(Healthy.Documents) { [path] = text });

    private static DocsObservation Of(Dictionary<string, string> documents) => new()
    {
        Documents = documents,
        Files = new HashSet<string>([.. documents.Keys, "docs/the plan.svg", "src/a.cs"]),
        Generated = [],
        Changed = ["src/WasmWizard.Service/Program.cs"],
        BaseChangelog = "# Changes\n\n## Unreleased\n",
        TestClasses = new HashSet<string> { "OneSpecs" },
        Targets = ["Deploy", "Test"],
        Parameters = ["Branch"],
    };
}
