using System.Text.RegularExpressions;

namespace WasmWizard.Delivery.Gates.Docs;

/// <summary>Decisions are listed in their index, and each names a test that holds it.</summary>
internal static partial class Decisions
{
    private const string Folder = "docs/adr/";
    private const string Index = Folder + "README.md";
    private const string Confirmation = "\n## Confirmation";

    /// <param name="texts">Every Markdown file by path.</param>
    /// <param name="testClasses">Names of the test classes that exist.</param>
    public static IEnumerable<DocsFinding> Findings(IReadOnlyDictionary<string, string> texts, IReadOnlySet<string> testClasses)
    {
        var index = texts.GetValueOrDefault(Index, "");
        foreach (var (path, text) in texts.Where(entry => entry.Key.StartsWith(Folder, StringComparison.Ordinal) && entry.Key != Index).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            if (!index.Contains($"]({path[Folder.Length..]})", StringComparison.Ordinal))
                yield return new("decision", path, 0, $"{Index} does not list it", "add its line there");
            var start = text.IndexOf(Confirmation, StringComparison.Ordinal);
            var named = start < 0 ? [] : TestClass().Matches(text[start..]).Select(match => match.Value).ToList();
            if (named.Count == 0)
                yield return new("decision", path, 0, "it names no test under 'Confirmation'", "name the test that fails when the decision is undone");
            foreach (var test in named.Where(test => !testClasses.Contains(test)))
                yield return new("decision", path, 0, $"it names the test class {test}, which does not exist", "name the test that holds it now");
        }
    }

    [GeneratedRegex(@"\b[A-Z]\w+Specs\b")]
    private static partial Regex TestClass();
}
