using System.Text;
using WasmWizard.Delivery.Generation;

namespace WasmWizard.Delivery.Checking.Reports;

/// <summary>The reference of all rules, written from the rules themselves.</summary>
public static class CheckPage
{
    private static readonly (string Prefix, string Title)[] Parts =
    [
        ("WW60", "What the strategy promises"), ("WW61", "Workflows"), ("WW62", "Checks that cannot fail"), ("WW63", "Deployments, rollbacks, backups"),
        ("WW64", "What does not exist"), ("WW65", "Secrets"), ("WW66", "Probes and alerts"), ("WW67", "Migrations"),
    ];

    public static GeneratedFile Of(IReadOnlyList<CheckRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var page = new StringBuilder();
        page.Append("<!-- ").AppendJoin("\n     ", GeneratedHeader.Lines("WasmWizard.Delivery.Checking", "src/WasmWizard.Delivery.Checking/Rules")).Append(" -->\n");
        page.Append("# Rules of Check\n\n`./build.sh Check --repository PATH` asks a checkout these questions. An error ends with exit code 3; a warning is shown.\n");
        foreach (var (prefix, title) in Parts)
        {
            page.Append($"\n## {title}\n\n| Rule | Weight | Finds | Because |\n| --- | --- | --- | --- |\n");
            foreach (var rule in rules.Where(rule => rule.Id.StartsWith(prefix, StringComparison.Ordinal)))
                page.Append($"| {rule.Id} | {CheckText.Word(rule.Severity)} | {Cell(rule.Title)} | {Cell(rule.Required)} |\n");
        }

        return new("docs/reference/checks.md", page.ToString());
    }

    private static string Cell(string text) => text.Replace("|", @"\|", StringComparison.Ordinal);
}
