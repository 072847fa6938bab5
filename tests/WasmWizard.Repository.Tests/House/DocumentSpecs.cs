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
        Stage.Requires(File.Exists(Repository.At(path)), path);
        if (File.Exists(Repository.At(path)))
            Assert.InRange(File.ReadLines(Repository.At(path)).Count(), 1, lines);
    }

    [Fact]
    public void Every_source_project_says_on_30_lines_what_it_is_for()
    {
        foreach (var project in Repository.Files("*.csproj", "src"))
        {
            var readme = Path.Combine(Path.GetDirectoryName(Repository.At(project))!, "README.md");
            Stage.Requires(File.Exists(readme), Repository.Relative(readme));
            if (File.Exists(readme))
                Assert.True(File.ReadLines(readme).Count() is > 0 and <= 30, $"{Repository.Relative(readme)} has {File.ReadLines(readme).Count()} lines, required: 1 to 30");
        }
    }

    [Fact]
    public void Decisions_are_numbered_without_gaps_and_no_number_is_used_twice()
    {
        Stage.Requires(Decisions.Count > 0, "docs/adr");
        var names = Decisions.Select(path => Path.GetFileName(path)).ToList();

        Assert.All(names, name => Assert.Matches(@"^\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.md$", name));
        Assert.Equal(Enumerable.Range(1, names.Count), names.Select(name => int.Parse(name[..4], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void The_index_lists_every_decision_by_its_own_title()
    {
        if (Decisions.Count == 0)
            return;
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

        Assert.All(Decisions, path =>
        {
            var text = File.ReadAllText(Repository.At(path));
            var confirmation = text[Math.Max(0, text.IndexOf("\n## Confirmation", StringComparison.Ordinal))..];
            var named = NamedClass().Matches(confirmation).Select(match => match.Value).ToList();
            Assert.True(named.Count > 0 && text.Contains("\n## Confirmation", StringComparison.Ordinal), $"{path} names no test under 'Confirmation'");
            foreach (var test in named)
                Stage.Requires(classes.Contains(test), $"{path}: the test class {test}");
        });
    }

    [Fact]
    public void Links_between_documents_lead_somewhere()
    {
        var documents = Repository.Files("*.md", "docs", "src", "build", "tests").Append("README.md").Where(path => File.Exists(Repository.At(path)));

        var broken = from path in documents
                     from Match link in LocalLink().Matches(File.ReadAllText(Repository.At(path)))
                     let target = Path.GetFullPath(Path.Combine(Repository.At(path), "..", link.Groups[1].Value))
                     where !File.Exists(target) && !Directory.Exists(target)
                     select $"{path}: {link.Groups[1].Value}";

        Assert.Empty(broken);
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
