using System.Text.RegularExpressions;
using WasmWizard.Delivery.Checking.Reading;
using WasmWizard.Delivery.Checking.Snapshots;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A migration that the release before it cannot live with, where only code can be rolled back.</summary>
internal sealed partial class UnsafeMigration : CheckRule
{
    public override string Id => "WW6702";

    public override string Title => "A migration breaks the release that may come back";

    public override string Required => "the schema is expanded first and contracted in a later release: after a rollback older code runs on the newer schema";

    protected override IEnumerable<Place> Inspect(Repository repository)
    {
        if (repository.Strategy.ForwardOnly is not { } promise)
            yield break;
        foreach (var file in repository.Files.Where(file => file.Extension == ".sql" && !file.IsAside && Migrations().IsMatch(file.Path) && !DownFile().IsMatch(file.Path)))
        {
            foreach (var (line, text) in Statements(file))
            {
                if (Breaking().Match(text) is { Success: true } match && !Created(file.Text, text))
                    yield return new(file.Path, line, match.Value.Trim(), "expand now, contract in a release after every older one is gone") { Promised = promise.ToString() };
            }
        }
    }

    /// <summary>Statements without comments, each with the line on which it begins.</summary>
    private static IEnumerable<(int Line, string Text)> Statements(SourceFile file)
    {
        var (start, text) = (0, "");
        for (var at = 0; at < file.Lines.Count; at++)
        {
            var line = file.Lines[at].Split("--")[0];
            if (text.Trim().Length == 0)
                start = at + 1;
            text += line + " ";
            if (line.TrimEnd().EndsWith(';') || text.Length > 4000)
            {
                yield return (start, text);
                text = "";
            }
        }

        yield return (start, text);
    }

    // What the same file makes and drops was never seen by another release.
    private static bool Created(string all, string statement) =>
        Dropped().Match(statement) is { Success: true } match && Regex.IsMatch(all, $@"(?i)create\s+table\s+(if\s+not\s+exists\s+)?{Regex.Escape(match.Groups[1].Value)}\b");

    [GeneratedRegex(@"(?i)(^|/)(migrations?|migrate|db|flyway)/|/V\d+__")]
    private static partial Regex Migrations();

    [GeneratedRegex(@"(?i)(down\.sql$|/U\d+__|\.undo\.sql$|rollback)")]
    private static partial Regex DownFile();

    [GeneratedRegex(@"(?i)^\s*(drop\s+table\s+\S+.{0,60}|alter\s+table\s+\S+.{0,80}?\b(drop\s+column|rename\s+(column|to)|alter\s+column\s+\S+\s+(set\s+data\s+)?type|set\s+not\s+null)\b.{0,60}|truncate\s+\S+.{0,40})")]
    private static partial Regex Breaking();

    [GeneratedRegex(@"(?i)drop\s+table\s+(?:if\s+exists\s+)?[""`]?(\w+)")]
    private static partial Regex Dropped();
}
