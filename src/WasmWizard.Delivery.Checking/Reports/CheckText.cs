namespace WasmWizard.Delivery.Checking.Reports;

/// <summary>Findings as lines for people: errors one by one, a rule's warnings together once there are many of them.</summary>
public static class CheckText
{
    private const int Together = 3;

    /// <param name="findings">In the order of <see cref="RepositoryCheck.Of"/>.</param>
    /// <param name="rules">Whose titles head the findings.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<CheckFinding> findings, IReadOnlyList<CheckRule> rules)
    {
        var titles = rules.ToDictionary(rule => rule.Id, rule => rule.Title);
        var many = findings.Where(finding => finding.Severity == CheckSeverity.Warning).GroupBy(finding => finding.Rule)
            .Where(group => group.Count() > Together).ToDictionary(group => group.Key, group => group.ToList());
        foreach (var finding in findings.OrderByDescending(finding => finding.Severity))
        {
            var together = finding.Severity == CheckSeverity.Warning && many.ContainsKey(finding.Rule);
            if (together && finding != many[finding.Rule][0])
                continue;
            foreach (var line in together ? Group(many[finding.Rule], titles[finding.Rule]) : One(finding, titles[finding.Rule]))
                yield return line;
            yield return "";
        }
    }

    /// <summary>The whole answer on one line.</summary>
    public static string Summary(IReadOnlyList<CheckFinding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        var errors = findings.Count(finding => finding.Severity == CheckSeverity.Error);
        return findings.Count == 0 ? "no findings" : $"{Count(errors, "error")}, {Count(findings.Count - errors, "warning")}";
    }

    private static IEnumerable<string> One(CheckFinding finding, string title)
    {
        yield return $"{finding.Rule} {Word(finding.Severity)}: {title}";
        yield return $"  at        {finding.File}:{finding.Line}";
        yield return $"  found     {OneLine(finding.Found)}";
        yield return $"  promised  {OneLine(finding.Promised)}";
        yield return $"  fix       {OneLine(finding.Fix)}";
    }

    private static IEnumerable<string> Group(List<CheckFinding> findings, string title)
    {
        yield return $"{findings[0].Rule} {Word(findings[0].Severity)}: {title} ({findings.Count} places)";
        foreach (var file in findings.GroupBy(finding => finding.File))
            yield return $"  at        {file.Key}: lines {string.Join(", ", file.Select(finding => finding.Line).Distinct())}";
        yield return $"  found     {OneLine(findings[0].Found)}, and {findings.Count - 1} more";
        yield return $"  promised  {OneLine(findings[0].Promised)}";
        yield return $"  fix       {OneLine(findings[0].Fix)}";
    }

    internal static string Word(CheckSeverity severity) => severity == CheckSeverity.Error ? "error" : "warning";

    private static string OneLine(string text) => text.ReplaceLineEndings(" ") is { Length: > 240 } all ? all[..240] + "…" : text.ReplaceLineEndings(" ");

    private static string Count(int number, string word) => number == 1 ? $"1 {word}" : $"{number} {word}s";
}
