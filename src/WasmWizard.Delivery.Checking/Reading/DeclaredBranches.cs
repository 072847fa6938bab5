using System.Text.RegularExpressions;
using WasmWizard.Delivery.Checking.Snapshots;

namespace WasmWizard.Delivery.Checking.Reading;

/// <summary>Finds which branch leads to which environment, in the ways in which people write it down.</summary>
internal static partial class DeclaredBranches
{
    private static readonly string[] Environments = ["environment", "deploys to", "deploys", "target", "target environment", "deployment", "deployed to"];
    private static readonly HashSet<string> Never = ["the", "this", "a", "each", "every", "feature", "default", "your", "any", "that", "new", "release", "per", "by", "of", "git", "protected", "topic", "hotfix"];

    public static IEnumerable<DeclaredBranch> In(SourceFile file, MarkdownText text) =>
        ByHeading(file, text).Concat(ByTable(file, text)).Concat(BySentence(file, text)).DistinctBy(branch => branch.Name.ToLowerInvariant());

    /// <summary>"Master Branch (Production)", and a list with "Environment: …" below it.</summary>
    private static IEnumerable<DeclaredBranch> ByHeading(SourceFile file, MarkdownText text) =>
        from items in text.Items.GroupBy(item => item.Headings)
        let heading = Heading().Match(items.Key.Split(" > ")[^1])
        where heading.Success
        let name = (heading.Groups[1].Success ? heading.Groups[1] : heading.Groups[2]).Value.ToLowerInvariant()
        where !Never.Contains(name)
        let environment = Value(items, Environments)
        where environment is not null
        select new DeclaredBranch(file.Path, items.First().Line, name, environment, Value(items, "docker tag", "image tag", "tag"), Yes(Value(items, "auto-deploy", "auto deploy", "autodeploy", "automatic", "automatic deployment", "deploys automatically")));

    private static IEnumerable<DeclaredBranch> ByTable(SourceFile file, MarkdownText text)
    {
        foreach (var table in text.Tables.Where(table => table.Count > 1))
        {
            var head = table[0].Cells.Select(cell => cell.ToLowerInvariant()).ToList();
            var (branch, environment) = (head.IndexOf("branch"), head.FindIndex(cell => Environments.Contains(cell)));
            if (branch >= 0 && environment >= 0)
            {
                var (tag, automatic) = (head.FindIndex(cell => cell is "tag" or "docker tag" or "image tag"), head.FindIndex(cell => cell.StartsWith("auto", StringComparison.Ordinal)));
                foreach (var (row, cells) in table.Skip(1).Where(row => row.Cells.Count == head.Count && Name().IsMatch(row.Cells[branch])))
                    yield return new(file.Path, row.Line, cells[branch], cells[environment], tag >= 0 ? cells[tag] : null, automatic >= 0 && Yes(cells[automatic]));
            }
            else if (head[0].Length == 0 && table.FirstOrDefault(row => row.Cells[0].Equals("branch", StringComparison.OrdinalIgnoreCase)) is { Cells: { } names } across)
            {
                for (var at = 1; at < Math.Min(names.Count, head.Count); at++)
                {
                    if (Name().IsMatch(names[at]))
                        yield return new(file.Path, across.Row.Line, names[at], head[at], null, AutoDeploys: false);
                }
            }
        }
    }

    /// <summary>"Pushes to `main` are deployed to production", "`main` → production".</summary>
    private static IEnumerable<DeclaredBranch> BySentence(SourceFile file, MarkdownText text) =>
        from line in text.Items.Concat(text.Prose)
        let match = Sentence().Match(line.Text) is { Success: true } said ? said : Arrow().Match(line.Text)
        where match.Success && !Never.Contains(match.Groups[1].Value)
        select new DeclaredBranch(file.Path, line.Line, match.Groups[1].Value, match.Groups[2].Value, null, Automatic().IsMatch(line.Text));

    private static string? Value(IEnumerable<MarkdownLine> items, params string[] keys) => items
        .Select(item => KeyValue().Match(item.Text)).Where(match => match.Success && keys.Contains(match.Groups[1].Value.Trim().ToLowerInvariant()))
        .Select(match => match.Groups[2].Value.Trim().Trim('`', '*')).FirstOrDefault();

    private static bool Yes(string? value) => value is not null && (value.StartsWith("yes", StringComparison.OrdinalIgnoreCase) || value.StartsWith("true", StringComparison.OrdinalIgnoreCase)
        || value.StartsWith("on push", StringComparison.OrdinalIgnoreCase) || value.StartsWith("automatic", StringComparison.OrdinalIgnoreCase) || value.StartsWith('✅') || value.StartsWith('✓'));

    [GeneratedRegex(@"(?i)^[`*]*([\w./-]+)[`*]* branch\b|^branch:? +[`*]*([\w./-]+)[`*]*")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^[\w./-]+$")]
    private static partial Regex Name();

    [GeneratedRegex(@"^[*_]*([^*:_]+?):?[*_]*:\s*[*_]*(.*)$")]
    private static partial Regex KeyValue();

    [GeneratedRegex(@"(?i)(?:push(?:es|ing)?|merg(?:e|es|ing)|commits?)\s+(?:in)?to\s+(?:the\s+)?[`*]+([\w./-]+)[`*]+(?:\s+branch)?\s+(?:\w+\s+){0,3}(?:deploy(?:s|ed)?|roll(?:s|ed)? out|ships?|goes|released)\s+(?:\w+\s+){0,2}to\s+(?:the\s+)?[`*]*(production|prod|staging|stage|development|dev|test|qa|preview|research)\b")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"(?i)^[`*]+([\w./-]+)[`*]+(?:\s+branch)?\s*(?:→|->|=>|deploys (?:automatically )?to)\s*(?:the )?[`*]*(production|prod|staging|stage|development|dev|test|qa|preview|research)\b")]
    private static partial Regex Arrow();

    [GeneratedRegex(@"(?i)(automatic|push|merg|every commit)")]
    private static partial Regex Automatic();
}

/// <summary>A branch and the environment that it leads to.</summary>
public sealed record DeclaredBranch(string File, int Line, string Name, string Environment, string? Tag, bool AutoDeploys);
