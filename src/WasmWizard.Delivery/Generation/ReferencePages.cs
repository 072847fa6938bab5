using System.Text;
using WasmWizard.Delivery.Environments;
using WasmWizard.Delivery.Gates;

namespace WasmWizard.Delivery.Generation;

/// <summary>The tables of docs/reference and README that repeat what the strategy and the build say.</summary>
public static class ReferencePages
{
    /// <summary>The folder that belongs to the generator.</summary>
    public const string Folder = "docs/reference";

    private const string ReadmeStart = "<!-- generated:targets -->\n";
    private const string ReadmeEnd = "<!-- /generated:targets -->";

    /// <param name="strategy">The source of the tables of gates and environments.</param>
    /// <param name="targets">Name and description of each listed target, in order of declaration.</param>
    public static IReadOnlyList<GeneratedFile> Of(DeliveryStrategy strategy, IReadOnlyList<(string Name, string Description)> targets) =>
    [
        new($"{Folder}/environments.md", Page("Environments", "build/Strategy.cs", Environments(strategy))),
        new($"{Folder}/gates.md", Page("Gates", "build/Strategy.cs", Gates(strategy))),
        new($"{Folder}/targets.md", Page("Targets", "build/Targets", Targets(targets))),
    ];

    /// <summary>README with the table of targets between its markers.</summary>
    /// <exception cref="FormatException">The markers are missing.</exception>
    public static string IntoReadme(string readme, IReadOnlyList<(string Name, string Description)> targets)
    {
        var start = readme.IndexOf(ReadmeStart, StringComparison.Ordinal);
        var end = readme.IndexOf(ReadmeEnd, StringComparison.Ordinal);
        return start >= 0 && end > start
            ? readme[..(start + ReadmeStart.Length)] + Targets(targets) + readme[end..]
            : throw new FormatException($"README.md needs the lines {ReadmeStart.Trim()} and {ReadmeEnd} around its table of targets.");
    }

    private static string Page(string title, string source, string body) =>
        $"<!-- {string.Join("\n     ", GeneratedHeader.Lines("WasmWizard.Delivery", source))} -->\n# {title}\n\n{body}";

    private static string Targets(IReadOnlyList<(string Name, string Description)> targets) =>
        Table(["Target", "Does"], targets.Select(target => new[] { $"`{target.Name}`", target.Description }));

    private static string Environments(DeliveryStrategy strategy)
    {
        return Table(
            ["", .. strategy.Environments.Select(environment => environment.Word)],
            [
                Row("Branch", environment => $"`{environment.Branch}`"),
                Row("Security level", environment => environment.Level.ToString().ToLowerInvariant()),
                Row("Address", environment => environment.Url.OriginalString),
                Row("Image tag", environment => $"`{environment.ImageTag}`"),
                Row("Targets", environment => string.Join(", ", environment.Targets.Select(target => target.ToString().ToLowerInvariant()))),
                Row("Reviews", environment => Reviews(environment.Reviews)),
                Row("Approval before deploying", environment => environment.NeedsApproval ? "yes" : "no"),
                Row("Instances", environment => environment.Scaling.IsAutomatic ? $"{environment.Scaling.Least} to {environment.Scaling.Most}" : $"{environment.Scaling.Least}"),
                Row("Releases kept", environment => $"{environment.KeptReleases}"),
                .. strategy.Environments.SelectMany(environment => environment.Variables.Keys).Distinct()
                    .Select(name => Row($"`{name}`", environment => environment.Variables.TryGetValue(name, out var value) ? $"`{value}`" : "")),
                Row("Secrets", environment => string.Join(", ", environment.Secrets.Select(name => $"`{name}`"))),
            ]);

        string[] Row(string head, Func<DeploymentEnvironment, string> cell) => [head, .. strategy.Environments.Select(cell)];
    }

    private static string Reviews(ReviewRule rule) =>
        $"{rule.Reviewers}{(rule.CodeOwners ? " and code owners" : "")}{(rule.AutoMerge ? ", then auto-merge" : "")}";

    private static string Gates(DeliveryStrategy strategy) =>
        Table(
            ["Gate", "Target", .. strategy.Environments.Select(environment => $"{environment.Word} (`{environment.Branch}`)")],
            strategy.Environments[0].Gates.Select(rule => GateRow(strategy, rule.Gate)))
        + "\nRequired: only Passed goes through. Guarded: Refused and Errored block, Inconclusive is shown. Advisory: measured, shown, recorded; never blocks.\n";

    private static string[] GateRow(DeliveryStrategy strategy, GateId gate) =>
    [
        $"`{gate}`{(strategy.Planned.Contains(gate) ? " (not built)" : "")}",
        $"`{gate.Target}`",
        .. strategy.Environments.Select(environment => environment.Gates.Single(rule => rule.Gate == gate)).Select(rule => $"{rule.Strength}: {rule.Demand}"),
    ];

    private static string Table(IReadOnlyList<string> head, IEnumerable<string[]> rows)
    {
        var text = new StringBuilder();
        foreach (var row in new string[][] { [.. head], [.. head.Select(_ => "---")] }.Concat(rows))
            text.Append("| ").AppendJoin(" | ", row.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
        return text.ToString();
    }
}
