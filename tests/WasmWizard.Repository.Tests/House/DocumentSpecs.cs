using System.Text.RegularExpressions;

namespace WasmWizard.Repository.Tests.House;

/// <summary>Documents stay short, findable and true to the tests that they name.</summary>
public sealed partial class DocumentSpecs
{
    private static readonly IReadOnlyList<string> Decisions =
        [.. Repository.Files("*.md", "docs/adr").Where(path => !path.EndsWith("/README.md", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [Theory]
    [InlineData("README.md", 120)]
    [InlineData("build/Strategy.cs", 150)]
    public void The_files_that_everybody_reads_stay_short(string path, int lines)
    {
        Assert.InRange(File.ReadLines(Repository.At(path)).Count(), 1, lines);
    }

    [Fact]
    public void Every_source_project_says_on_30_lines_what_it_is_for()
    {
        var faults = from project in Repository.Files("*.csproj", "src")
                     let readme = Repository.Relative(Path.Combine(Repository.At(project), "..", "README.md"))
                     let lines = File.Exists(Repository.At(readme)) ? File.ReadLines(Repository.At(readme)).Count() : 0
                     where lines is < 1 or > 30
                     select $"{readme} has {lines} lines, required: 1 to 30";

        Faults.AssertNone(faults);
    }

    [Fact]
    public void Decisions_are_numbered_without_gaps_and_no_number_is_used_twice()
    {
        Assert.NotEmpty(Decisions);
        var names = Decisions.Select(path => Path.GetFileName(path)).ToList();

        Assert.All(names, name => Assert.Matches(@"^\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.md$", name));
        Assert.Equal(Enumerable.Range(1, names.Count), names.Select(name => int.Parse(name[..4], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void The_index_lists_every_decision_by_its_own_title()
    {
        var index = File.ReadAllText(Repository.At("docs", "adr", "README.md"));

        Assert.All(Decisions, path =>
        {
            var title = File.ReadLines(Repository.At(path)).First().TrimStart('#', ' ');
            Assert.Contains($"[{title}]({Path.GetFileName(path)})", index, StringComparison.Ordinal);
            Assert.StartsWith(Path.GetFileName(path)[..4], title, StringComparison.Ordinal);
        });
        Assert.Equal(Decisions.Count, Link().Count(index));
    }

    [Fact]
    public void Every_decision_names_a_test_that_exists()
    {
        var classes = Repository.Files("*.cs", "tests").SelectMany(path => TestClass().Matches(File.ReadAllText(Repository.At(path))))
            .Select(match => match.Groups[1].Value).ToHashSet();

        var faults = from path in Decisions
                     let text = File.ReadAllText(Repository.At(path))
                     let start = text.IndexOf("\n## Confirmation", StringComparison.Ordinal)
                     let named = start < 0 ? [] : NamedClass().Matches(text[start..]).Select(match => match.Value).ToList()
                     from fault in named.Count == 0 ? ["no test under 'Confirmation'"] : named.Except(classes).Select(test => $"the test class {test}, which does not exist")
                     select $"{path} names {fault}";

        Faults.AssertNone(faults);
    }

    [Fact]
    public void Links_between_documents_lead_somewhere()
    {
        var documents = Repository.Files("*.md", "docs", "src", "build", "tests").Append("README.md");

        var broken = from path in documents
                     from Match link in LocalLink().Matches(File.ReadAllText(Repository.At(path)))
                     let target = Path.GetFullPath(Path.Combine(Repository.At(path), "..", link.Groups[1].Value))
                     where !File.Exists(target) && !Directory.Exists(target)
                     select $"{path}: {link.Groups[1].Value}";

        Faults.AssertNone(broken);
    }

    [GeneratedRegex(@"\]\(\d{4}-[^)]+\.md\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\bclass (\w+)")]
    private static partial Regex TestClass();

    [GeneratedRegex(@"\b[A-Z]\w+Specs\b")]
    private static partial Regex NamedClass();

    [GeneratedRegex(@"\]\((?![a-z]+:|#)([^)#\s]+)")]
    private static partial Regex LocalLink();
}
